package dev.muster.mover;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Tells progress now and then from a thread of its own, so that a slow auditor never slows a
/// stream.
final class ProgressBell implements AutoCloseable {

  /// Told on the bell's thread.
  interface Listener {
    void progress(long plain, long stored) throws InterruptedException;
  }

  private record Mark(long plain, long stored) {}

  private final Duration interval;
  private final Listener listener;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread;
  private volatile Mark mark = new Mark(0, 0);

  ProgressBell(Duration interval, Listener listener) {
    this.interval = interval;
    this.listener = listener;
    this.thread = Thread.ofVirtual().name("progress").start(this::tell);
  }

  void ring(long plain, long stored) {
    mark = new Mark(plain, stored);
  }

  /// The final numbers, told soon.
  void last(long plain, long stored) {
    mark = new Mark(plain, stored);
    wake.release();
  }

  /// Waits at most one interval for the last word.
  @Override
  public void close() throws InterruptedException {
    if (!thread.join(wake.availablePermits() > 0 ? interval : Duration.ZERO)) {
      thread.interrupt();
    }
  }

  private void tell() {
    try {
      Mark told = mark;
      boolean last = false;
      while (!last) {
        last = wake.tryAcquire(interval.toNanos(), TimeUnit.NANOSECONDS);
        Mark now = mark;
        if (!now.equals(told)) {
          listener.progress(now.plain(), now.stored());
          told = now;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
