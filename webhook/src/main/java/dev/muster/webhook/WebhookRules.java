package dev.muster.webhook;

import dev.muster.config.Configuration;
import dev.muster.config.EngineProfiles;
import dev.muster.policies.PolicyEngine;
import dev.muster.webhook.admission.Admission;

/// What is mounted and may change while the webhook serves: plans, levels, waivers, engines.
public record WebhookRules(Configuration configuration, EngineProfiles profiles) {

  /// The admission by these rules that asks this policy.
  public Admission admission(PolicyEngine policy) {
    return new Admission(configuration, profiles, policy);
  }
}
