package dev.muster.repository;

import java.time.Instant;

/// The first content ever stored at a key. More than one version, or a delete marker, is a tamper
/// finding for a manifest.
public record OldestVersion(byte[] content, Instant created, int versions, boolean deleted) {

  /// Whether the key was written or deleted after its first content.
  public boolean tampered() {
    return versions > 1 || deleted;
  }
}
