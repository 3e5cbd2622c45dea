package dev.muster.drill;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A ladder as climbed.
record Climb(DrillOutcome outcome, List<Rung> rungs) {
  private static final Set<DrillStep> RECOVERY =
      EnumSet.of(DrillStep.ISOLATION, DrillStep.INTEGRITY, DrillStep.RESTORE, DrillStep.BOOT);

  Climb {
    rungs = List.copyOf(rungs);
  }

  /// From nothing to an engine that answers with the data in it; the checks after that are the
  /// drill's own.
  Duration recovery() {
    return rungs.stream()
        .filter(rung -> RECOVERY.contains(rung.step()))
        .map(Rung::took)
        .reduce(Duration.ZERO, Duration::plus);
  }
}
