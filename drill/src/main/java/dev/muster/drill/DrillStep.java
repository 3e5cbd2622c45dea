package dev.muster.drill;

import java.util.Locale;

/// The rungs of the ladder, in the order in which they are climbed. A drill ends at the first that
/// does not hold.
enum DrillStep {
  /// The engine of the drill can reach nothing, and came up empty.
  ISOLATION,
  /// The manifest is signed with a pinned key, and every segment reads back as it states.
  INTEGRITY,
  /// age and zstd decode every stream to the length and digest that the manifest states.
  DECODE,
  /// The engine's own client took every stream and ended with 0.
  RESTORE,
  /// The engine lives and answers after the restore.
  BOOT,
  /// The engine's own check of its data.
  ENGINE_CHECK,
  SCHEMA,
  COUNTS,
  HASHES,
  /// Nothing of the restored data is left.
  CLEANUP;

  /// As in reports, events and evidence.
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
