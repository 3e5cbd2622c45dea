package dev.muster.repository;

import java.util.Arrays;
import java.util.Optional;

/// Conditional creation that survives lost answers: create, and on any doubt read back and compare.
public final class Commit {

  /// Whose bytes the key holds.
  public sealed interface Outcome {

    /// Ours, from this call or an earlier one with the same bytes.
    record Committed() implements Outcome {}

    /// Somebody else's, or ours of an earlier life with other bytes.
    record Lost(byte[] stored) implements Outcome {}
  }

  private Commit() {}

  /// Creates `key` with `content`, or says what was there first. Throws [StoreException] when
  /// neither could be established; calling again with the same bytes is safe.
  public static Outcome commit(BackupStore store, String key, byte[] content) {
    StoreException doubt;
    try {
      switch (store.putIfAbsent(key, content)) {
        case PutOutcome.Created() -> {
          return new Outcome.Committed();
        }
        case PutOutcome.Exists() ->
            doubt =
                new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    "store says " + key + " exists, but it cannot be read: try again",
                    null);
      }
    } catch (StoreException e) {
      doubt = e;
    }
    Optional<OldestVersion> stored = store.getOldest(key, Sizes.JOURNAL_ENTRY);
    if (stored.isEmpty()) {
      throw doubt;
    }
    byte[] first = stored.get().content();
    return Arrays.equals(first, content) ? new Outcome.Committed() : new Outcome.Lost(first);
  }
}
