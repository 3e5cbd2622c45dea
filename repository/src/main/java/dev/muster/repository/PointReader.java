package dev.muster.repository;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Recovery points as the store proves them: no list, cache or status is believed, only a manifest
/// that was read and verified. Needs a store that reads and the pinned keys.
public final class PointReader {

  private final BackupStore store;
  private final Keys keys;
  private final ManifestVerifier verifier;

  public PointReader(BackupStore store, Keys keys, ManifestVerifier verifier) {
    this.store = store;
    this.keys = keys;
    this.verifier = verifier;
  }

  /// What lies at the place of a point.
  public sealed interface Found {

    /// The point's name.
    String point();

    /// A recovery point. `committed` is the store's time; `tampered` tells that its manifest was
    /// written again or deleted later, while the oldest version still counts.
    record Genuine(
        String point, Manifest manifest, String sha256, Instant committed, boolean tampered)
        implements Found {}

    /// Something else: to be reported, never to be restored.
    record Refused(String point, ManifestVerifier.Refusal reason, String detail) implements Found {}
  }

  /// The keys of all workloads that have points. Throws [StoreException].
  public List<String> workloads() {
    return store.children(keys.points());
  }

  /// All points of a workload, oldest first. Throws [StoreException] if any of them cannot be read:
  /// half a list would be mistaken for a whole one.
  public List<Found> points(String workloadKey) {
    return store.children(keys.points(workloadKey)).stream()
        .sorted()
        .flatMap(point -> read(workloadKey, point).stream())
        .toList();
  }

  /// One point, or empty if it has no manifest: then it does not exist, whatever else lies there.
  public Optional<Found> read(String workloadKey, String point) {
    String key;
    try {
      key = keys.manifest(workloadKey, point);
    } catch (IllegalArgumentException e) {
      return Optional.of(
          new Found.Refused(
              point, ManifestVerifier.Refusal.WRONG_PLACE, String.valueOf(e.getMessage())));
    }
    try {
      return store.getOldest(key, Sizes.MANIFEST).map(version -> found(point, key, version));
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.TOO_LARGE) {
        return Optional.of(
            new Found.Refused(
                point, ManifestVerifier.Refusal.TOO_LARGE, key + " is larger than any manifest"));
      }
      throw e;
    }
  }

  private Found found(String point, String key, OldestVersion version) {
    return switch (verifier.verify(key, version.content())) {
      case ManifestVerifier.Check.Valid(var manifest, _, var sha256) ->
          new Found.Genuine(point, manifest, sha256, version.created(), version.tampered());
      case ManifestVerifier.Check.Refused(var reason, var detail) ->
          new Found.Refused(point, reason, detail);
    };
  }
}
