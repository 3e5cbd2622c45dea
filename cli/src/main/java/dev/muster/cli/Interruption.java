package dev.muster.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Turns Ctrl-C into an interrupt of the working thread, and holds the process until that thread
/// has cleaned up after itself.
final class Interruption implements AutoCloseable {

  private static final Duration CLEANING = Duration.ofSeconds(20);

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  private Interruption(Thread working) {
    this.hook = new Thread(() -> end(working, done), "interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  static Interruption ofThisThread() {
    return new Interruption(Thread.currentThread());
  }

  /// The thread itself does not end: it goes on to ask for the exit that is under way.
  private static void end(Thread working, CountDownLatch done) {
    working.interrupt();
    try {
      var unused = done.await(CLEANING.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is ending already, and the hook has been told that this thread is done.
    }
  }
}
