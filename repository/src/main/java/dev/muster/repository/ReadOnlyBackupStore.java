package dev.muster.repository;

import java.util.function.Supplier;

/// Refuses everything that changes the store, before it is asked.
public final class ReadOnlyBackupStore extends DelegatingBackupStore {

  public ReadOnlyBackupStore(BackupStore store) {
    super(store);
  }

  @Override
  <T> T read(String what, Supplier<T> call) {
    return call.get();
  }

  @Override
  <T> T write(String what, Supplier<T> call) {
    throw new StoreException(
        StoreException.Kind.DENIED, "this process reads only: it may not " + what, null);
  }
}
