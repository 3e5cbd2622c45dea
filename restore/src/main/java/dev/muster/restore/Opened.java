package dev.muster.restore;

import dev.muster.repository.Manifest;
import java.util.List;

/// What reading a point's manifest came to.
public sealed interface Opened {

  /// Signed with a pinned key, and about the workload and point under whose key it lies.
  ///
  /// @param sha256 hex digest of the stored envelope
  /// @param warnings signs that somebody wrote to the key after the commit
  record Trusted(String key, String sha256, Manifest manifest, List<String> warnings)
      implements Opened {
    public Trusted {
      warnings = List.copyOf(warnings);
    }
  }

  /// Present, but not to be believed: signature, tampering, another point's manifest.
  record Refused(String key, String evidence) implements Opened {}

  record Absent(String key) implements Opened {}

  /// The store could not be asked; says nothing about the point.
  record Unavailable(String key, String reason) implements Opened {}
}
