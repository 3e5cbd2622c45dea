package dev.muster.cli;

import java.time.Duration;

/// Turns Ctrl-C into an interrupt of the working thread, and holds the process until that thread
/// has cleaned up after itself.
final class Interruption implements AutoCloseable {

  private static final Duration CLEANING = Duration.ofSeconds(20);

  private final Thread hook;

  private Interruption(Thread working) {
    this.hook = new Thread(() -> end(working), "interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  static Interruption ofThisThread() {
    return new Interruption(Thread.currentThread());
  }

  private static void end(Thread working) {
    working.interrupt();
    try {
      working.join(CLEANING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is ending already: the hook waits for this thread, which is done.
    }
  }
}
