package dev.muster.mover;

import dev.muster.repository.Pause;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Proves from inside a Pod that its network reaches none of the given addresses. Policies take
/// effect some time after a Pod starts, so it repeats until all are blocked or its time is over.
public final class Beacon {

  /// The exit code that says that the network is not isolated.
  public static final int NOT_ISOLATED = 3;

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration BETWEEN = Duration.ofMillis(500);

  private Beacon() {}

  /// Tries `host:port` addresses and returns the exit code: 0 once none answered in one round. An
  /// empty list proves nothing and fails.
  public static int run(List<String> mustFail) throws InterruptedException {
    return run(mustFail, LIMIT);
  }

  static int run(List<String> mustFail, Duration limit) throws InterruptedException {
    if (mustFail.isEmpty()) {
      System.err.println("nothing to prove: give --must-fail host:port");
      return 2;
    }
    List<HostPort> targets = mustFail.stream().map(HostPort::parse).toList();
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      List<HostPort> answered = answered(targets);
      if (answered.isEmpty()) {
        System.out.println("isolated: none of " + mustFail + " answers");
        return 0;
      }
      if (System.nanoTime() > end) {
        System.out.println("not isolated: " + answered + " still answer");
        return NOT_ISOLATED;
      }
      Pause.real().pause(BETWEEN);
    }
  }

  private static List<HostPort> answered(List<HostPort> targets) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> tries =
          threads.invokeAll(
              targets.stream().map(target -> (Callable<Boolean>) () -> answers(target)).toList());
      return java.util.stream.IntStream.range(0, targets.size())
          .filter(i -> isTrue(tries.get(i)))
          .mapToObj(targets::get)
          .toList();
    }
  }

  private static boolean answers(HostPort target) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(target.host(), target.port()), (int) CONNECT.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// An attempt that broke for another reason than the network proves nothing: it counts as
  /// answered.
  private static boolean isTrue(Future<Boolean> attempt) {
    try {
      return attempt.get();
    } catch (InterruptedException | ExecutionException e) {
      return true;
    }
  }
}
