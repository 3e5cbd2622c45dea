package dev.muster.auditor.heal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Keeps changes apart, so that a thousand healed objects do not look like an attack.
public final class Pace implements AutoCloseable {

  private final Duration apart;
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean first = true;

  public Pace(Duration apart) {
    this.apart = apart;
  }

  /// Waits for the next turn; false once closed or interrupted.
  public synchronized boolean next() {
    if (first) {
      first = false;
      return ended.getCount() > 0;
    }
    try {
      return !ended.await(apart.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    ended.countDown();
  }
}
