package dev.muster.policies;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Ends work on the caller's own thread after a time, by an interrupt that never outlives the work.
final class Deadline implements AutoCloseable {
  private final ScheduledThreadPoolExecutor clock;
  private final Duration limit;

  Deadline(Duration limit) {
    this.limit = limit;
    this.clock =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("policy-deadline").unstarted(task));
    clock.setRemoveOnCancelPolicy(true);
  }

  /// Runs the work; if the time is over first, the work sees an interrupt.
  <T> T within(Supplier<T> work) {
    AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    Thread worker = Thread.currentThread();
    var alarm =
        clock.schedule(() -> interrupt(state, worker), limit.toNanos(), TimeUnit.NANOSECONDS);
    try {
      return work.get();
    } finally {
      if (!state.compareAndSet(State.RUNNING, State.DONE)) {
        awaitInterrupt(state);
      }
      alarm.cancel(false);
    }
  }

  private static void interrupt(AtomicReference<State> state, Thread worker) {
    if (state.compareAndSet(State.RUNNING, State.INTERRUPTING)) {
      worker.interrupt();
      state.set(State.INTERRUPTED);
    }
  }

  /// The interrupt is on its way: it is taken here, so that it hits nothing else.
  private static void awaitInterrupt(AtomicReference<State> state) {
    while (state.get() != State.INTERRUPTED) {
      Thread.onSpinWait();
    }
    var unused = Thread.interrupted();
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
}
