package dev.muster.repository;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Repeats what may succeed later, with growing pauses and within a budget of time, then gives up
/// loudly. A repeated creation that finds its own first write answers `Exists`, a repeated
/// completion `NoSuchUpload`: callers resolve both by reading back, as they must anyway.
public final class RetryingBackupStore extends DelegatingBackupStore {

  private final BackupStore store;
  private final RetryBudget budget;
  private final Pause pause;
  private final LongSupplier nanos;
  private final RandomGenerator random;

  /// `random` is used by every thread that uses the store: a [java.util.Random], not one of the
  /// generators that belong to one thread.
  public RetryingBackupStore(
      BackupStore store,
      RetryBudget budget,
      Pause pause,
      LongSupplier nanos,
      RandomGenerator random) {
    super(store);
    this.store = store;
    this.budget = budget;
    this.pause = pause;
    this.nanos = nanos;
    this.random = random;
  }

  /// For servers.
  public static BackupStore patient(BackupStore store) {
    return real(store, RetryBudget.SERVER);
  }

  /// For people who wait for an answer.
  public static BackupStore prompt(BackupStore store) {
    return real(store, RetryBudget.PERSON);
  }

  private static BackupStore real(BackupStore store, RetryBudget budget) {
    return new RetryingBackupStore(store, budget, Pause.real(), System::nanoTime, new Random());
  }

  @Override
  <T> T read(String what, Supplier<T> call) {
    return repeat(budget.call(), what, call);
  }

  @Override
  <T> T write(String what, Supplier<T> call) {
    return repeat(budget.call(), what, call);
  }

  @Override
  public InputStream openStream(String key, long offset, long length) {
    return repeat(budget.data(), "read " + key, () -> store.openStream(key, offset, length));
  }

  @Override
  public CompleteOutcome completeUpload(String key, String uploadId, List<StoredPart> parts) {
    return repeat(
        budget.data(), "complete " + key, () -> store.completeUpload(key, uploadId, parts));
  }

  private <T> T repeat(Duration limit, String what, Supplier<T> call) {
    long began = nanos.getAsLong();
    for (int failed = 1; ; failed++) {
      try {
        return call.get();
      } catch (StoreException e) {
        Duration spent = Duration.ofNanos(nanos.getAsLong() - began);
        if (!e.retryable()) {
          throw e;
        }
        Duration wait = budget.backoff().wait(failed, random);
        if (failed >= budget.backoff().attempts() || spent.plus(wait).compareTo(limit) >= 0) {
          throw gaveUp(e, failed, spent);
        }
        await(what, wait, e);
      }
    }
  }

  /// The store names itself in the message of its own exception.
  private static StoreException gaveUp(StoreException last, int tries, Duration spent) {
    return new StoreException(
        last.kind(),
        "%s; tried %d times in %d s".formatted(last.getMessage(), tries, spent.toSeconds()),
        last);
  }

  private void await(String what, Duration wait, StoreException e) {
    try {
      pause.pause(wait);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "interrupted while waiting to %s again after: %s".formatted(what, e.getMessage()),
          e);
    }
  }
}
