package dev.muster.auditor.run;

import java.util.Optional;

/// Hears how runs end, for metrics and coverage.
public interface RunListener {

  /// Exactly one of `sealed` and `failed` is present.
  void ended(Entry.Planned run, Optional<Entry.Sealed> sealed, Optional<Entry.Failure> failed);

  /// A step could not be done and will be tried again.
  void trouble(Entry.Planned run, Throwable cause);
}
