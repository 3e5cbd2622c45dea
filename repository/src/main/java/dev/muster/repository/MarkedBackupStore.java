package dev.muster.repository;

import dev.muster.repository.RepositoryMarker.Check;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps away from buckets that are somebody else's or of a later version: looks at the marker
/// before the first call, and makes it before the first one that writes. Every call fails with
/// [StoreException.Kind#UNSUPPORTED] where the marker forbids it.
public final class MarkedBackupStore extends DelegatingBackupStore {

  private final BackupStore store;
  private volatile @Nullable Check seen;

  public MarkedBackupStore(BackupStore store) {
    super(store);
    this.store = store;
  }

  @Override
  <T> T read(String what, Supplier<T> call) {
    Check known = seen == null ? RepositoryMarker.look(store) : seen;
    allow(known);
    return call.get();
  }

  @Override
  <T> T write(String what, Supplier<T> call) {
    Check known =
        seen instanceof Check.Known
            ? seen
            : RepositoryMarker.ensure(store, UUID.randomUUID().toString());
    allow(known);
    return call.get();
  }

  /// What forbids is looked at again each time: somebody may put it right.
  private void allow(@Nullable Check found) {
    switch (found) {
      case Check.Known(_), Check.Absent() -> seen = found;
      case Check.Newer(String detail) -> throw refused(detail);
      case Check.Foreign(String detail) ->
          throw refused(detail + ": name a bucket or directory of Muster's own");
      case null -> throw new IllegalStateException("nothing was found out of the marker");
    }
  }

  private static StoreException refused(String detail) {
    return new StoreException(StoreException.Kind.UNSUPPORTED, detail, null);
  }
}
