package dev.muster.repository.probe;

import dev.muster.repository.Keys;
import dev.muster.repository.StoreException;
import dev.muster.repository.probe.BucketControl.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Deletes what probes wrote, as far as the credential may.
final class Leftovers {

  private static final Duration OLD = Duration.ofHours(1);

  private final BucketControl control;
  private boolean allowed = true;

  Leftovers(BucketControl control) {
    this.control = control;
  }

  /// Clears the folder and what earlier probes could not delete yet. Says how much is left of this
  /// one; empty if that cannot be listed.
  Optional<Integer> clear(String folder, Instant storesNow) {
    try {
      int left = clear(control.versions(folder));
      clearOld(folder, storesNow);
      return Optional.of(left);
    } catch (StoreException e) {
      return Optional.empty();
    }
  }

  private void clearOld(String folder, Instant storesNow) {
    if (allowed) {
      clear(
          control.versions(Keys.PROBES).stream()
              .filter(v -> !v.key().startsWith(folder))
              .filter(v -> v.written().isBefore(storesNow.minus(OLD)))
              .toList());
    }
  }

  /// Ends at the first refusal that no lock explains: so will all others be.
  private int clear(List<Version> versions) {
    int left = versions.size();
    for (Version version : versions) {
      if (allowed && deleted(version)) {
        left--;
      }
    }
    return left;
  }

  private boolean deleted(Version version) {
    try {
      if (control.delete(version, false) instanceof Attempt.Done) {
        return true;
      }
      allowed = control.lockedUntil(version).isPresent();
    } catch (StoreException e) {
      allowed = false;
    }
    return false;
  }
}
