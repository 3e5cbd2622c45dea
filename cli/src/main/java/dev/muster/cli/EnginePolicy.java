package dev.muster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.policies.PolicyEngine;
import dev.muster.policies.PolicyOutcome;
import dev.muster.webhook.admission.Policy;

/// The webhook's policy is the entrypoint `muster/admission` of the policy engine.
record EnginePolicy(PolicyEngine engine) implements Policy {

  private static final String ENTRYPOINT = "muster/admission";

  @Override
  public Answer decide(JsonNode projection) {
    return switch (engine.evaluate(ENTRYPOINT, projection)) {
      case PolicyOutcome.Decided(JsonNode ruling) -> new Answer.Ruled(ruling);
      case PolicyOutcome.Broken(String reason) -> new Answer.Failed(reason);
    };
  }

  @Override
  public String digest() {
    return engine.digest();
  }
}
