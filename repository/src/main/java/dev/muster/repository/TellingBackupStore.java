package dev.muster.repository;

import java.util.function.Supplier;

/// Tells somebody, in the thread of the caller, that a call has ended, whichever way: who makes
/// many calls is seen to move.
public final class TellingBackupStore extends DelegatingBackupStore {

  private final Runnable ended;

  public TellingBackupStore(BackupStore store, Runnable ended) {
    super(store);
    this.ended = ended;
  }

  @Override
  <T> T read(String what, Supplier<T> call) {
    try {
      return call.get();
    } finally {
      ended.run();
    }
  }

  @Override
  <T> T write(String what, Supplier<T> call) {
    return read(what, call);
  }
}
