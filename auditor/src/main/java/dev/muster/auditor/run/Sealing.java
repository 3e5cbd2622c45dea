package dev.muster.auditor.run;

import dev.muster.repository.wire.RunReport;
import java.util.Map;

/// Turns what a mover sent into a recovery point, or says why not.
public interface Sealing {

  /// Throws a StoreException where the store does not answer: nothing is decided then, and calling
  /// again with the same arguments is safe.
  Outcome seal(
      Entry.Planned run, Entry.Attempt attempt, RunReport report, Map<String, Integer> exitCodes);

  /// How it ended.
  sealed interface Outcome {

    /// The manifest of this run and attempt is in force.
    record Committed(String manifestSha256, long storedBytes) implements Outcome {}

    /// Another attempt's manifest is in force.
    record Lost(String detail) implements Outcome {}

    /// Store and report differ, or the report lacks something.
    record Incomplete(String detail) implements Outcome {}
  }
}
