package dev.muster.auditor.run;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One look waits at a time, the earliest that was asked for. For any thread.
final class NextLook {
  private final ScheduledExecutorService timer;
  private final Runnable look;
  private @Nullable ScheduledFuture<?> next;

  /// @param look must not block the timer
  NextLook(ScheduledExecutorService timer, Runnable look) {
    this.timer = timer;
    this.look = look;
  }

  synchronized void within(Duration delay) {
    if (timer.isShutdown()) {
      return;
    }
    if (next != null) {
      if (next.getDelay(TimeUnit.MILLISECONDS) <= delay.toMillis()) {
        return;
      }
      next.cancel(false);
    }
    next = timer.schedule(this::begin, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// What is looked at may be done before the timer knows that it let it begin: by then the next
  /// look must not be taken for this one.
  private void begin() {
    synchronized (this) {
      next = null;
    }
    look.run();
  }
}
