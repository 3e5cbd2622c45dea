package dev.muster.repository;

import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Repeats what may succeed later, with growing pauses, then gives up loudly. A repeated creation
/// that finds its own first write answers `Exists`, a repeated completion `NoSuchUpload`: callers
/// resolve both by reading back, as they must anyway.
public final class RetryingBackupStore extends DelegatingBackupStore {

  private final Backoff backoff;
  private final Pause pause;
  private final RandomGenerator random;

  /// `random` is used by every thread that uses the store: a [java.util.Random], not one of the
  /// generators that belong to one thread.
  public RetryingBackupStore(
      BackupStore store, Backoff backoff, Pause pause, RandomGenerator random) {
    super(store);
    this.backoff = backoff;
    this.pause = pause;
    this.random = random;
  }

  /// For servers: bridges about a minute.
  public static BackupStore patient(BackupStore store) {
    return new RetryingBackupStore(store, Backoff.STORE, Pause.real(), new Random());
  }

  /// For people who wait for an answer: bridges a blink.
  public static BackupStore prompt(BackupStore store) {
    return new RetryingBackupStore(store, Backoff.PROMPT, Pause.real(), new Random());
  }

  @Override
  <T> T read(String what, Supplier<T> call) {
    int failed = 0;
    while (true) {
      try {
        return call.get();
      } catch (StoreException e) {
        failed++;
        if (!e.retryable() || failed >= backoff.attempts()) {
          throw e;
        }
        await(what, failed, e);
      }
    }
  }

  @Override
  <T> T write(String what, Supplier<T> call) {
    return read(what, call);
  }

  private void await(String what, int failed, StoreException e) {
    try {
      pause.pause(backoff.wait(failed, random));
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, "interrupted while waiting to " + what + " again", e);
    }
  }
}
