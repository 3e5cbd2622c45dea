package dev.muster.drill;

import java.util.Optional;

/// What a drill says about a recovery point.
sealed interface DrillOutcome {

  /// Every rung held.
  record Proven() implements DrillOutcome {}

  /// The point does not restore: `step` is the first rung that failed.
  record Disproven(DrillStep step, String evidence) implements DrillOutcome {}

  /// The drill says nothing about the point: the cluster, the network or the store stood in the way
  /// at `step`.
  record Inconclusive(DrillStep step, String reason) implements DrillOutcome {}

  /// What a finding decides: nothing, if it holds.
  static Optional<DrillOutcome> of(DrillStep step, Finding finding) {
    return switch (finding) {
      case Finding.Holds _ -> Optional.empty();
      case Finding.Fails(String evidence) -> Optional.of(new Disproven(step, evidence));
      case Finding.Unclear(String reason) -> Optional.of(new Inconclusive(step, reason));
    };
  }

  default String word() {
    return switch (this) {
      case Proven _ -> "proven";
      case Disproven _ -> "disproven";
      case Inconclusive _ -> "inconclusive";
    };
  }

  /// One sentence for people.
  default String text() {
    return switch (this) {
      case Proven _ -> "restored, and all data as the manifest states";
      case Disproven(DrillStep step, String evidence) -> step.word() + ": " + evidence;
      case Inconclusive(DrillStep step, String reason) -> step.word() + ": " + reason;
    };
  }
}
