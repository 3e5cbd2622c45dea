package dev.muster.auditor.run;

import dev.muster.model.WorkloadKey;
import dev.muster.repository.Journal;
import dev.muster.repository.JournalState;
import dev.muster.repository.wire.RunReport;
import java.util.List;
import java.util.Optional;

/// The journal's entries of runs. A state is written once: the first writer's words hold.
public final class RunJournal {

  private final Journal journal;

  public RunJournal(Journal journal) {
    this.journal = journal;
  }

  /// Records the plan, or returns what was planned before.
  Entry.Planned plan(Entry.Planned planned) {
    return journal
        .record(key(planned), planned.runId(), new JournalState.Planned(), planned)
        .body();
  }

  Entry.Attempt begin(Entry.Planned run, Entry.Attempt attempt) {
    return journal
        .record(key(run), run.runId(), new JournalState.Attempt(attempt.attempt()), attempt)
        .body();
  }

  Entry.Failure failAttempt(Entry.Planned run, Entry.Failure failure) {
    return journal
        .record(key(run), run.runId(), new JournalState.AttemptFailed(failure.attempt()), failure)
        .body();
  }

  Entry.Failure fail(Entry.Planned run, Entry.Failure failure) {
    return journal.record(key(run), run.runId(), new JournalState.Failed(), failure).body();
  }

  Entry.Sealed seal(Entry.Planned run, Entry.Sealed sealed) {
    return journal.record(key(run), run.runId(), new JournalState.Sealed(), sealed).body();
  }

  Optional<RunReport> report(Entry.Planned run, String attempt) {
    return journal.read(key(run), run.runId(), new JournalState.Report(attempt), RunReport.class);
  }

  public Optional<Entry.Planned> planned(String workloadKey, String runId) {
    return journal.read(workloadKey, runId, new JournalState.Planned(), Entry.Planned.class);
  }

  public Optional<Entry.Attempt> attempt(String workloadKey, String runId, String attempt) {
    return journal.read(workloadKey, runId, new JournalState.Attempt(attempt), Entry.Attempt.class);
  }

  public Optional<Entry.Failure> failure(String workloadKey, String runId) {
    return journal.read(workloadKey, runId, new JournalState.Failed(), Entry.Failure.class);
  }

  Optional<Entry.Failure> attemptFailure(String workloadKey, String runId, String attempt) {
    return journal.read(
        workloadKey, runId, new JournalState.AttemptFailed(attempt), Entry.Failure.class);
  }

  public Optional<Entry.Sealed> sealed(String workloadKey, String runId) {
    return journal.read(workloadKey, runId, new JournalState.Sealed(), Entry.Sealed.class);
  }

  /// Whether the run ended, whichever way.
  public boolean ended(String workloadKey, String runId) {
    return sealed(workloadKey, runId).isPresent() || failure(workloadKey, runId).isPresent();
  }

  /// Everything of one run; empty where it was never planned.
  Optional<RunRecord> load(String workloadKey, String runId) {
    Optional<Entry.Planned> planned = planned(workloadKey, runId);
    if (planned.isEmpty()) {
      return Optional.empty();
    }
    RunRecord run = new RunRecord(planned.get());
    List<String> words = journal.states(workloadKey, runId);
    for (String word : words) {
      if (word.startsWith("attempt-")) {
        attempt(workloadKey, runId, word.substring("attempt-".length())).ifPresent(run::begun);
      }
    }
    for (String word : words) {
      if (word.startsWith("failed-")) {
        attemptFailure(workloadKey, runId, word.substring("failed-".length()))
            .ifPresent(run::failedAttempt);
      }
    }
    sealed(workloadKey, runId).ifPresent(run::sealed);
    failure(workloadKey, runId).ifPresent(run::failed);
    return Optional.of(run);
  }

  public boolean attemptEnded(String workloadKey, String runId, String attempt) {
    return attemptFailure(workloadKey, runId, attempt).isPresent();
  }

  static String key(Entry.Planned run) {
    return WorkloadKey.of(run.kind(), run.namespace(), run.name()).value();
  }
}
