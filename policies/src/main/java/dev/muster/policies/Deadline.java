package dev.muster.policies;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Ends work on the caller's own thread after a time, by an interrupt that never outlives the work.
///
/// One clock looks at all that runs, ten times within the limit, so work may run a tenth longer: an
/// alarm for each piece would wake the clock's thread for each.
final class Deadline implements AutoCloseable {
  private static final int LOOKS = 10;

  private final Set<Work> running = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor clock;
  private final long limit;

  Deadline(Duration limit) {
    this.limit = limit.toNanos();
    this.clock =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("policy-deadline").unstarted(task));
    var every = Math.max(this.limit / LOOKS, 1);
    var unused = clock.scheduleWithFixedDelay(this::look, every, every, TimeUnit.NANOSECONDS);
  }

  /// Runs the work; if the time is over first, the work sees an interrupt.
  <T> T within(Supplier<T> work) {
    var begun = new Work();
    running.add(begun);
    try {
      return work.get();
    } finally {
      running.remove(begun);
      begun.end();
    }
  }

  private void look() {
    long now = System.nanoTime();
    for (var each : running) {
      if (now - each.began >= limit) {
        each.interrupt();
      }
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private enum State {
    RUNNING,
    INTERRUPTING,
    INTERRUPTED,
    DONE
  }

  /// What runs on the thread that made it.
  private static final class Work {
    private final Thread worker = Thread.currentThread();
    private final long began = System.nanoTime();
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

    void interrupt() {
      if (state.compareAndSet(State.RUNNING, State.INTERRUPTING)) {
        worker.interrupt();
        state.set(State.INTERRUPTED);
      }
    }

    /// An interrupt on its way is taken here, so that it hits nothing else.
    void end() {
      if (state.compareAndSet(State.RUNNING, State.DONE)) {
        return;
      }
      while (state.get() != State.INTERRUPTED) {
        Thread.onSpinWait();
      }
      var unused = Thread.interrupted();
    }
  }
}
