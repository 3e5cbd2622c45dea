package dev.muster.webhook;

import dev.muster.config.EngineProfilesReader;
import dev.muster.webhook.admission.Reviews;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the servers of these tests find mounted.
final class Mounted {

  private Mounted() {}

  /// On free ports of this machine.
  static WebhookSettings settings(WebhookSettings.Certificates certificates) {
    return new WebhookSettings(
        Mounted::rules, certificates, "127.0.0.1", 0, 0, Duration.ofMillis(100));
  }

  /// With a certificate for these names; what to trust is written to the file.
  static WebhookSettings selfSigned(Path trust, String... names) {
    return settings(new WebhookSettings.Certificates.SelfSigned(List.of(names), trust));
  }

  /// The plans that the canned reviews name, and the built-in engines.
  static WebhookRules rules() {
    return new WebhookRules(Reviews.configuration(), EngineProfilesReader.read(Optional.empty()));
  }
}
