package dev.muster.repository;

import java.util.Optional;

/// The object that says what a bucket holds, written once by whoever uses it first.
public record RepositoryMarker(int formatVersion, String repositoryId) {

  /// What the marker of a bucket says to this program.
  public sealed interface Check {

    /// A repository of a version that this program writes and reads.
    record Known(RepositoryMarker marker) implements Check {}

    /// No repository yet, or one that lost its marker: what lies there may be read.
    record Absent() implements Check {}

    /// A repository of a version after this program's: to be neither written nor read.
    record Newer(String detail) implements Check {}

    /// Somebody else's bucket: to be neither written nor read.
    record Foreign(String detail) implements Check {}
  }

  /// Makes the bucket a repository with this id unless it is one. Throws [StoreException].
  public static Check ensure(BackupStore store, String newId) {
    byte[] ours = Json.encode(new RepositoryMarker(Manifest.FORMAT_VERSION, newId));
    return switch (Commit.commit(store, Keys.MARKER, ours)) {
      case Commit.Outcome.Committed() -> check(ours);
      case Commit.Outcome.Lost(var stored) -> check(stored);
    };
  }

  /// Looks without writing. Throws [StoreException].
  public static Check look(BackupStore store) {
    Optional<OldestVersion> found = store.getOldest(Keys.MARKER, Sizes.SMALL_OBJECT);
    return found.isEmpty() ? new Check.Absent() : check(found.get().content());
  }

  private static Check check(byte[] stored) {
    try {
      RepositoryMarker marker = Json.decode(stored, RepositoryMarker.class, Keys.MARKER);
      if (marker.formatVersion < 1 || marker.repositoryId == null) {
        return new Check.Foreign(Keys.MARKER + " is not a marker of Muster");
      }
      return marker.formatVersion > Manifest.FORMAT_VERSION
          ? new Check.Newer(
              "the bucket has format version %d, this program knows up to %d: use a newer Muster"
                  .formatted(marker.formatVersion, Manifest.FORMAT_VERSION))
          : new Check.Known(marker);
    } catch (MalformedException e) {
      return new Check.Foreign(Keys.MARKER + " is not a marker of Muster");
    }
  }
}
