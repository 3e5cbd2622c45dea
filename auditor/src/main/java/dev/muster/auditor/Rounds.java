package dev.muster.auditor;

import dev.muster.http.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Things done again and again, each on a virtual thread of its own, until closed.
final class Rounds implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Rounds.class);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  /// Does it at once and then with this pause after each round. A round that throws is logged.
  void every(String name, Duration pause, Runnable round) {
    var unused = start(name, pause, round);
  }

  /// Likewise; the check complains once a round takes longer than the limit, or no more will come.
  Health.Check watched(
      String name, Duration pause, Duration limit, LongSupplier nanos, Runnable round) {
    Pulse pulse = new Pulse(limit, nanos);
    Thread thread =
        start(
            name,
            pause,
            () -> {
              pulse.takes(name);
              try {
                round.run();
              } finally {
                pulse.rests();
              }
            });
    return () ->
        thread.isAlive() || ended.getCount() == 0
            ? pulse.problem()
            : Optional.of("the rounds have ended");
  }

  private Thread start(String name, Duration pause, Runnable round) {
    Thread thread = Thread.ofVirtual().name(name).start(() -> go(name, pause, round));
    threads.add(thread);
    return thread;
  }

  @Override
  public void close() {
    ended.countDown();
    threads.forEach(Thread::interrupt);
  }

  private void go(String name, Duration pause, Runnable round) {
    try {
      do {
        once(name, round);
      } while (!ended.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void once(String name, Runnable round) {
    try {
      round.run();
    } catch (RuntimeException | Error e) {
      log.error("{}: this round failed", name, e);
    }
  }
}
