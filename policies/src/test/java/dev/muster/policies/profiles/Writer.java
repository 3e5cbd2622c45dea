package dev.muster.policies.profiles;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/// Writes without pause until it is closed.
final class Writer implements AutoCloseable {
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicInteger rounds = new AtomicInteger();
  private final Thread thread;

  Writer(IntConsumer round) {
    thread =
        Thread.ofPlatform()
            .start(() -> {
              while (!stop.get()) {
                round.accept(rounds.getAndIncrement());
              }
            });
  }

  void awaitRounds(int count) {
    int end = rounds.get() + count;
    while (rounds.get() < end) {
      if (!thread.isAlive()) {
        throw new IllegalStateException("the writer has died after " + rounds.get() + " rounds");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  int rounds() {
    return rounds.get();
  }

  @Override
  public void close() throws InterruptedException {
    stop.set(true);
    thread.join();
  }
}
