package dev.muster.webhook;

import dev.muster.config.Configuration;
import dev.muster.config.EngineProfiles;

/// What is mounted and may change while the webhook serves: plans, levels, waivers, engines.
public record WebhookRules(Configuration configuration, EngineProfiles profiles) {}
