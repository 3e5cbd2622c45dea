package dev.muster.webhook;

import dev.muster.config.EngineProfilesReader;
import dev.muster.webhook.admission.Reviews;
import java.util.Optional;

/// What the servers of these tests find mounted.
final class Mounted {

  private Mounted() {}

  /// The plans that the canned reviews name, and the built-in engines.
  static WebhookRules rules() {
    return new WebhookRules(Reviews.configuration(), EngineProfilesReader.read(Optional.empty()));
  }
}
