package dev.muster.http;

import java.time.Duration;

/// How long a server waits.
///
/// @param deadline the longest a handler may take
/// @param bodyTimeout the longest a body may take to arrive; 408 after it
/// @param idle how long a connection may be without a complete head of a request, whatever trickles
///   in; longer than the 90 s after which the API server itself closes
/// @param reload how often the TLS source is asked for a new identity
record Patience(Duration deadline, Duration bodyTimeout, Duration idle, Duration reload) {

  static Patience ofServers() {
    return new Patience(
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofSeconds(120),
        Duration.ofSeconds(5));
  }

  Patience deadline(Duration deadline) {
    return new Patience(deadline, bodyTimeout, idle, reload);
  }

  Patience bodyTimeout(Duration bodyTimeout) {
    return new Patience(deadline, bodyTimeout, idle, reload);
  }

  Patience idle(Duration idle) {
    return new Patience(deadline, bodyTimeout, idle, reload);
  }

  Patience reload(Duration reload) {
    return new Patience(deadline, bodyTimeout, idle, reload);
  }
}
