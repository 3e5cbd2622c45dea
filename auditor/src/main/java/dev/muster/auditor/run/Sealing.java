package dev.muster.auditor.run;

import dev.muster.repository.wire.RunReport;
import java.util.Map;
import java.util.Optional;

/// Turns what a mover sent into a recovery point, or says why not.
public interface Sealing {

  /// Throws a StoreException where the store does not answer: nothing is decided then, and calling
  /// again with the same arguments is safe.
  Outcome seal(
      Entry.Planned run, Entry.Attempt attempt, RunReport report, Map<String, Integer> exitCodes);

  /// The point of this run as the store has it, whichever attempt's it is, or empty. Throws a
  /// StoreException where the store does not answer.
  Optional<Standing> standing(Entry.Planned run);

  /// A manifest in force.
  record Standing(String attempt, String manifestSha256, long storedBytes) {}

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
