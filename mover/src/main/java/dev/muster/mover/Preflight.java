package dev.muster.mover;

import dev.muster.repository.Pause;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/// Connects once before any data moves, so that a closed network is told as such and at once.
final class Preflight {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration BETWEEN = Duration.ofMillis(500);

  /// A refusal is more often a server that is being replaced than a policy: it is waited for
  /// longer.
  private static final int REFUSED_FACTOR = 4;

  private final Duration limit;
  private final Pause pause;

  Preflight(Duration limit, Pause pause) {
    this.limit = limit;
    this.pause = pause;
  }

  /// Returns when `what` accepts a connection. Policies and routes may need some seconds.
  void reach(String what, HostPort address) throws MoverException, InterruptedException {
    long began = System.nanoTime();
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(address.host(), address.port()), (int) CONNECT.toMillis());
        return;
      } catch (IOException e) {
        Duration patience = refused(e) ? limit.multipliedBy(REFUSED_FACTOR) : limit;
        if (System.nanoTime() - began > patience.toNanos()) {
          throw new MoverException(
              Reason.BLOCKED_NETWORK,
              "%s at %s cannot be reached from the backup Pod: %s"
                  .formatted(what, address, e.getMessage()),
              e);
        }
      }
      pause.pause(BETWEEN);
    }
  }

  private static boolean refused(IOException e) {
    return e instanceof ConnectException && String.valueOf(e.getMessage()).contains("refused");
  }
}
