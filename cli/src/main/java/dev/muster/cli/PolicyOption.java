package dev.muster.cli;

import dev.muster.policies.PolicyInForce;
import dev.muster.policies.WasmPolicyEngine;
import dev.muster.webhook.PolicyTrial;
import dev.muster.webhook.WebhookRules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which policy decides.
final class PolicyOption {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Option(
      names = "--policy",
      paramLabel = "FOLDER",
      description = "What `muster policy build` made, instead of Muster's own policy.")
  private @Nullable Path folder;

  /// For one command of a person.
  PolicyInForce open(Session session) {
    return open(1, PATIENCE, session::rules);
  }

  PolicyInForce open(int instances, Duration limit, Supplier<WebhookRules> rules) {
    return folder == null
        ? PolicyInForce.always(WasmPolicyEngine.builtIn(instances, limit))
        : PolicyInForce.mounted(
            folder, instances, limit, new PolicyTrial(rules, InstantSource.system()));
  }
}
