package dev.muster.http;

import java.io.IOException;
import java.util.Optional;

/// Where a server finds what it shows as its certificate. Asked from one thread at a time, every
/// few seconds.
@FunctionalInterface
public interface TlsSource {
  /// The identity in force. Empty while there is none yet: the server then does not listen. When it
  /// throws, the server keeps what it has, and says so.
  Optional<TlsIdentity> current() throws IOException;

  static TlsSource fixed(TlsIdentity identity) {
    return () -> Optional.of(identity);
  }
}
