package dev.muster.restore;

import java.util.Optional;

/// What a person wants of a restore.
///
/// @param database only this one of the point's databases
/// @param table copied back into the live database after the restore
/// @param replace whether a table that exists may be replaced
/// @param swap whether the restored database takes the place of the live one
public record RestoreOptions(
    Optional<String> database, Optional<String> table, boolean replace, boolean swap) {

  public RestoreOptions {
    if (swap && table.isPresent()) {
      throw new IllegalArgumentException("--swap and --table exclude each other");
    }
    if (replace && table.isEmpty()) {
      throw new IllegalArgumentException("--replace is for --table");
    }
  }

  public static RestoreOptions plain() {
    return new RestoreOptions(Optional.empty(), Optional.empty(), false, false);
  }
}
