package dev.muster.http;

import java.time.Duration;

/// The bounds of one server. Sizes are bytes.
///
/// @param name label of this server in metrics and thread names
/// @param port 0 for any free one
/// @param bodyLimit a longer body is answered 413
/// @param bytesInFlight all bodies together; above it a request gets [Handler#overloaded(Request)]
/// @param requestsInFlight likewise, by number
/// @param connections for a further one, that which has been unused for longest is closed; likewise
///   those whose handshake is not done, for themselves
/// @param deadline the longest a handler may take
/// @param bodyTimeout the longest a body may take to arrive; 408 after it
/// @param idle how long a connection may be without a complete head of a request, whatever trickles
///   in; longer than the 90 s after which the API server itself closes
/// @param reload how often the TLS source is asked for a new identity
public record ServerSettings(
    String name,
    String host,
    int port,
    int bodyLimit,
    long bytesInFlight,
    int requestsInFlight,
    int connections,
    Duration deadline,
    Duration bodyTimeout,
    Duration idle,
    Duration reload) {

  private static final int MEBIBYTE = 1 << 20;

  public static ServerSettings of(String name, int port) {
    return new ServerSettings(
        name,
        "0.0.0.0",
        port,
        7 * MEBIBYTE,
        64L * MEBIBYTE,
        2_000,
        2_000,
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofSeconds(120),
        Duration.ofSeconds(5));
  }

  public ServerSettings host(String host) {
    return new ServerSettings(
        name,
        host,
        port,
        bodyLimit,
        bytesInFlight,
        requestsInFlight,
        connections,
        deadline,
        bodyTimeout,
        idle,
        reload);
  }

  public ServerSettings bodyLimit(int bodyLimit) {
    return new ServerSettings(
        name,
        host,
        port,
        bodyLimit,
        bytesInFlight,
        requestsInFlight,
        connections,
        deadline,
        bodyTimeout,
        idle,
        reload);
  }

  public ServerSettings inFlight(long bytes, int requests) {
    return new ServerSettings(
        name,
        host,
        port,
        bodyLimit,
        bytes,
        requests,
        connections,
        deadline,
        bodyTimeout,
        idle,
        reload);
  }

  public ServerSettings deadline(Duration deadline) {
    return new ServerSettings(
        name,
        host,
        port,
        bodyLimit,
        bytesInFlight,
        requestsInFlight,
        connections,
        deadline,
        bodyTimeout,
        idle,
        reload);
  }

  public ServerSettings bodyTimeout(Duration bodyTimeout) {
    return new ServerSettings(
        name,
        host,
        port,
        bodyLimit,
        bytesInFlight,
        requestsInFlight,
        connections,
        deadline,
        bodyTimeout,
        idle,
        reload);
  }

  public ServerSettings connections(int connections) {
    return new ServerSettings(
        name,
        host,
        port,
        bodyLimit,
        bytesInFlight,
        requestsInFlight,
        connections,
        deadline,
        bodyTimeout,
        idle,
        reload);
  }

  public ServerSettings idle(Duration idle) {
    return new ServerSettings(
        name,
        host,
        port,
        bodyLimit,
        bytesInFlight,
        requestsInFlight,
        connections,
        deadline,
        bodyTimeout,
        idle,
        reload);
  }

  public ServerSettings reload(Duration reload) {
    return new ServerSettings(
        name,
        host,
        port,
        bodyLimit,
        bytesInFlight,
        requestsInFlight,
        connections,
        deadline,
        bodyTimeout,
        idle,
        reload);
  }
}
