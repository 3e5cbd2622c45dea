package dev.muster.auditor.coverage;

import dev.muster.model.Contract;
import dev.muster.model.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Holds recovery points against what a contract promises.
final class Promises {
  private static final Duration DRILL_GRACE = Duration.ofHours(6);

  private Promises() {}

  /// @param older whether there were others, which do not count
  static VerdictFacts.Points points(
      WorkloadEvidence evidence, boolean older, Contract contract, Instant now) {
    if (evidence.points().isEmpty()) {
      return new VerdictFacts.Points(0, 0, older, null, false, null);
    }
    int good = evidence.good().size();
    // Another tool's point says nothing for what was read back or restored of older ones of ours.
    Optional<WorkloadEvidence.Point> own =
        evidence.newestOwn().filter(point -> inTime(point, contract, now));
    return new VerdictFacts.Points(
        good,
        evidence.points().size() - good,
        older,
        evidence.newest().flatMap(point -> late(point, contract, now)).orElse(null),
        own.map(WorkloadEvidence.Point::verified).orElse(false),
        evidence.provenAt().isEmpty()
            ? null
            : provenInTime(evidence, own.isPresent(), contract, now));
  }

  private static boolean inTime(WorkloadEvidence.Point point, Contract contract, Instant now) {
    return late(point, contract, now).map(late -> !late).orElse(false);
  }

  private static Optional<Boolean> late(
      WorkloadEvidence.Point point, Contract contract, Instant now) {
    return older(Optional.of(point.cut()), contract.rpo(), now);
  }

  private static @Nullable Boolean provenInTime(
      WorkloadEvidence evidence, boolean own, Contract contract, Instant now) {
    return older(evidence.provenAt(), contract.drill().flatMap(drill -> longest(drill, now)), now)
        .map(late -> own && !late)
        .orElse(null);
  }

  /// In whole seconds, as promises are; at its promise a point still holds it.
  private static Optional<Boolean> older(
      Optional<Instant> then, Optional<Duration> promise, Instant now) {
    return then.flatMap(
        at -> promise.map(most -> Duration.between(at, now).toSeconds() > most.toSeconds()));
  }

  /// The longest time between two drills.
  private static Optional<Duration> longest(Schedule drill, Instant now) {
    return drill
        .next(now)
        .flatMap(first ->
            drill.next(first).map(second -> Duration.between(first, second).plus(DRILL_GRACE)));
  }
}
