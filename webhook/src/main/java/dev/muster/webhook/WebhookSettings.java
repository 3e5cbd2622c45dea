package dev.muster.webhook;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// What one webhook process is started with.
///
/// @param rules reads what is mounted, each time anew; throws where it is not readable
/// @param port 8443 in the cluster; 0 for any free one
/// @param drain how long to serve on after a signal to end
public record WebhookSettings(
    Supplier<WebhookRules> rules,
    Certificates certificates,
    String host,
    int port,
    int healthPort,
    Duration drain) {

  public static final Duration DRAIN = Duration.ofSeconds(10);

  /// Where the serving certificate comes from.
  public sealed interface Certificates {
    /// `tls.crt` and `tls.key` of a mounted Secret, followed as they change. The webhook is ready
    /// only while callers accept its certificate.
    ///
    /// @param trust a file of the CA certificates that callers trust
    /// @param kept where all this is kept and by whom, for messages
    /// @param names by which callers call the webhook
    record Files(Path folder, Path trust, String kept, List<String> names) implements Certificates {
      public Files {
        names = List.copyOf(names);
      }
    }

    /// An authority made at start for `names`; its certificate is written to `trustOut`, for the
    /// caller to put into a webhook configuration. For trying out, and for tests.
    record SelfSigned(List<String> names, Path trustOut) implements Certificates {
      public SelfSigned {
        names = List.copyOf(names);
      }
    }
  }
}
