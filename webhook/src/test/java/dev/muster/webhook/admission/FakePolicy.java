package dev.muster.webhook.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.policies.PolicyEngine;
import dev.muster.policies.PolicyOutcome;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A small policy in Java: plan and engine as defaults, hooks on Pods, invalid contracts denied.
public final class FakePolicy implements PolicyEngine {
  /// In this namespace it never answers, until it is interrupted.
  public static final String STUCK = "stuck";

  public static final CountDownLatch INTERRUPTED = new CountDownLatch(1);

  private @Nullable UnaryOperator<ObjectNode> twist;
  private volatile @Nullable JsonNode asked;

  /// Changes each ruling before it is given.
  FakePolicy twisted(UnaryOperator<ObjectNode> twist) {
    this.twist = twist;
    return this;
  }

  JsonNode asked() {
    if (asked == null) {
      throw new AssertionError("the policy was not asked");
    }
    return asked;
  }

  boolean wasAsked() {
    return asked != null;
  }

  @Override
  public PolicyOutcome evaluate(String entrypoint, JsonNode input) {
    asked = input;
    if (input.path("namespace").asText().equals(STUCK)) {
      return stuck();
    }
    var ruling = JsonNodeFactory.instance.objectNode();
    var set = ruling.putArray("set");
    if (!input.path("contract").path("protect").isBoolean()
        || input.path("contract").path("protect").asBoolean()) {
      boolean engine =
          input
              .path("containers")
              .valueStream()
              .anyMatch(each -> each.path("image").asText().equals("postgres"));
      if (input.path("kind").asText().equals("StatefulSet")) {
        set.addObject()
            .put("key", "muster.dev/plan")
            .put("value", input.path("default_plan").asText())
            .put("rule", "default-plan");
        if (engine) {
          set.addObject()
              .put("key", "muster.dev/engine")
              .put("value", "postgresql")
              .put("rule", "engine");
        }
      }
      if (input.path("kind").asText().equals("Pod")
          && engine
          && !input.path("contract").path("hooks").asText().equals("off")) {
        set.addObject()
            .put("key", "muster.dev/hooks")
            .put("value", "postgresql")
            .put("rule", "hooks");
      }
    }
    input
        .path("problems")
        .forEach(each -> {
          var text = each.path("key").asText() + ": " + each.path("message").asText();
          ruling
              .withArray("/warn")
              .addObject()
              .put("rule", "invalid-contract")
              .put("message", text);
          if (input.path("level").asText().equals("enforce")) {
            ruling
                .withArray("/deny")
                .addObject()
                .put("rule", "invalid-contract")
                .put("message", text)
                .putArray("keys")
                .add(each.path("key").asText());
          }
        });
    return new PolicyOutcome.Decided(twist == null ? ruling : twist.apply(ruling));
  }

  private static PolicyOutcome stuck() {
    try {
      new CountDownLatch(1).await();
      throw new AssertionError("nobody counts this down");
    } catch (InterruptedException e) {
      INTERRUPTED.countDown();
      return new PolicyOutcome.Broken("interrupted");
    }
  }

  @Override
  public String digest() {
    return "sha256:fake";
  }
}
