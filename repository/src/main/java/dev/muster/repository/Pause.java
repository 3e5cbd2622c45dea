package dev.muster.repository;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Waiting as a port, so that tests of retries need no time.
public interface Pause {

  /// Waits this long, or until interrupted.
  void pause(Duration duration) throws InterruptedException;

  /// Waits for real.
  static Pause real() {
    Semaphore never = new Semaphore(0);
    return duration -> {
      var unused = never.tryAcquire(duration.toNanos(), TimeUnit.NANOSECONDS);
    };
  }
}
