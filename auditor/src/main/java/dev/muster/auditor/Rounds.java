package dev.muster.auditor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Things done again and again, each on a virtual thread of its own, until closed.
final class Rounds implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Rounds.class);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  /// Does it at once and then with this pause after each round. A round that throws is logged.
  void every(String name, Duration pause, Runnable round) {
    threads.add(Thread.ofVirtual().name(name).start(() -> go(name, pause, round)));
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
