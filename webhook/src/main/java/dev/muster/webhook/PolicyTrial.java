package dev.muster.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.policies.PolicyEngine;
import dev.muster.policies.PolicyInForce;
import dev.muster.policies.PolicyOutcome;
import dev.muster.policies.RecognitionQuestion;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// Whether a policy answers the self-test of the webhook, and the auditor at all.
public final class PolicyTrial implements PolicyInForce.Trial {
  private static final List<String> ENTRYPOINTS =
      List.of("muster/audit", "muster/controls", RecognitionQuestion.ENTRYPOINT);

  private final Supplier<WebhookRules> rules;
  private final InstantSource clock;

  public PolicyTrial(Supplier<WebhookRules> rules, InstantSource clock) {
    this.rules = rules;
    this.clock = clock;
  }

  /// @throws IllegalStateException for the first answer that is not as it must be
  @Override
  public void of(PolicyEngine candidate) {
    var admission = rules.get().admission(candidate);
    new SelfTest(() -> admission, clock).pass();
    var nothing = JsonNodeFactory.instance.objectNode();
    for (String entrypoint : ENTRYPOINTS) {
      if (candidate.evaluate(entrypoint, nothing) instanceof PolicyOutcome.Broken broken) {
        throw new IllegalStateException(
            entrypoint
                + " does not answer; build the policy with this version of Muster: "
                + broken.reason());
      }
    }
  }
}
