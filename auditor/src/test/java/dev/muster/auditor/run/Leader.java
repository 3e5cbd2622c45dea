package dev.muster.auditor.run;

import dev.muster.model.PointId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// One leader's work on the run of the stage.
public final class Leader {

  private final Stage stage;
  private final RunJournal journal;
  private final BackupRun machine;
  private Optional<RunRecord> run = Optional.empty();
  boolean leads = true;
  private BooleanSupplier lease = () -> leads;

  Leader(Stage stage, RunJournal journal, BackupRun machine) {
    this.stage = stage;
    this.journal = journal;
    this.machine = machine;
  }

  /// Leads while this says so.
  Leader by(BooleanSupplier other) {
    lease = other;
    return this;
  }

  /// Plans or adopts the run, then advances it once; returns how long it wants to wait.
  BackupRun.Step step() {
    if (run.isEmpty()) {
      run = Optional.of(plan());
    }
    return machine.advance(run.get(), () -> true, lease);
  }

  /// Advances, letting time pass as asked for, until it waits for the Pod, or ends.
  BackupRun.Step untilJobOrEnd() {
    BackupRun.Step step = step();
    for (int i = 0; i < 40 && !jobOpen() && !(step instanceof BackupRun.Step.Ended); i++) {
      if (step instanceof BackupRun.Step.Later(var atMost)) {
        stage.clock.pass(atMost.plus(Duration.ofMillis(1)));
      }
      step = step();
    }
    return step;
  }

  /// Advances until there is a Pod to be made.
  public Entry.Attempt begin() {
    var unused = untilJobOrEnd();
    return attempt();
  }

  /// Advances until the run ends, and says whether it was sealed.
  public boolean seals() {
    return untilEnd().seal().isPresent();
  }

  /// Advances until the run ends, letting time pass as asked for.
  RunRecord untilEnd() {
    for (int i = 0; i < 200; i++) {
      switch (step()) {
        case BackupRun.Step.Ended() -> {
          return run.orElseThrow();
        }
        case BackupRun.Step.Later(var atMost) ->
            stage.clock.pass(atMost.plus(Duration.ofMillis(1)));
      }
    }
    throw new AssertionError("the run does not end");
  }

  public Entry.Attempt attempt() {
    return run.orElseThrow().last().orElseThrow().begun().orElseThrow();
  }

  private boolean jobOpen() {
    return run.flatMap(RunRecord::last).filter(t -> t.failed().isEmpty()).isPresent()
        && Kubelet.job(stage.cluster, attempt()).isPresent();
  }

  private RunRecord plan() {
    Entry.Planned wanted =
        new Entry.Planned(
            stage.runId.value(),
            new PointId(Stage.SLOT.at(), stage.runId).toString(),
            Stage.SLOT.at(),
            Stage.SLOT.text(),
            "StatefulSet",
            "shop",
            "db",
            stage.database.ref().uid(),
            "standard",
            "7d",
            stage.clock.instant());
    var unused = journal.plan(wanted);
    return journal.load(stage.workloadKey(), stage.runId.value()).orElseThrow();
  }
}
