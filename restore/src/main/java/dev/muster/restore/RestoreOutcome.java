package dev.muster.restore;

import java.util.List;

/// What a restore into a live server came to.
public sealed interface RestoreOutcome {

  /// The databases are there, and hold what the manifest's probes state.
  ///
  /// @param databases the new ones, or the live ones whose place they took
  /// @param notes what was checked and done, for people
  record Restored(List<String> databases, List<String> notes) implements RestoreOutcome {
    public Restored {
      databases = List.copyOf(databases);
      notes = List.copyOf(notes);
    }
  }

  /// The live databases are as they were.
  ///
  /// @param leftovers new databases that may exist now and hold part of the data
  record Failed(String reason, List<String> leftovers) implements RestoreOutcome {
    public Failed {
      leftovers = List.copyOf(leftovers);
    }
  }

  /// The new databases are complete, but the last step, which touches a live one, failed.
  record Unfinished(String reason, List<String> databases) implements RestoreOutcome {
    public Unfinished {
      databases = List.copyOf(databases);
    }
  }
}
