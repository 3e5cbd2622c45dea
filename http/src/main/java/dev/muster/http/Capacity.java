package dev.muster.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// How much a server takes at once. Sizes are bytes.
///
/// @param bodyLimit a longer body is answered 413
/// @param bytesInFlight all bodies together; above it a request gets [Handler#overloaded(Request)]
/// @param requestsInFlight likewise, by number
/// @param connections for a further one, that which has been unused for longest is closed; likewise
///   those whose handshake is not done, for themselves
record Capacity(int bodyLimit, long bytesInFlight, int requestsInFlight, int connections) {
  private static final int MEBIBYTE = 1 << 20;
  private static final int MOST_CONNECTIONS = 2_000;

  /// Files that a process has open besides: jars, libraries, event loops, calls of its own.
  private static final long OTHER_FILES = 128;

  static Capacity ofProcess() {
    return new Capacity(7 * MEBIBYTE, 64L * MEBIBYTE, 2_000, connections(files()));
  }

  Capacity bodyLimit(int bodyLimit) {
    return new Capacity(bodyLimit, bytesInFlight, requestsInFlight, connections);
  }

  Capacity inFlight(long bytes, int requests) {
    return new Capacity(bodyLimit, bytes, requests, connections);
  }

  Capacity connections(int connections) {
    return new Capacity(bodyLimit, bytesInFlight, requestsInFlight, connections);
  }

  /// Both kinds of connections of two servers must fit into what the process may open: one that
  /// cannot be accepted waits in the kernel, where nobody is told.
  static int connections(long files) {
    return (int) Math.clamp((files - OTHER_FILES) / 4, 8, MOST_CONNECTIONS);
  }

  private static long files() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }
}
