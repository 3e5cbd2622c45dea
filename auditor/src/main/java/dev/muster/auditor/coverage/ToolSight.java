package dev.muster.auditor.coverage;

import dev.muster.auditor.evidence.ClaimFindings;
import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.evidence.ForeignFailure;
import dev.muster.auditor.evidence.ForeignPoint;
import dev.muster.auditor.evidence.Intent;
import dev.muster.cluster.ObjectName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What other tools say of one volume. They have copies of claims, most of them by name: what is
/// older than the claim is of another that had its name, or of when it was not yet there.
///
/// @param older whether they have points from before the claim was made
record ToolSight(
    List<ForeignPoint> points,
    boolean older,
    Optional<ForeignFailure> lastFailure,
    List<Intent> intents) {

  /// Between clocks of nodes: no more, for a claim may be made anew right after a backup.
  private static final Duration CLOCKS = Duration.ofMinutes(1);

  private static final ToolSight NOTHING =
      new ToolSight(List.of(), false, Optional.empty(), List.of());

  static ToolSight of(Subject subject, Findings others) {
    if (subject.claim().isEmpty()) {
      return subject.database() ? ofDatabase(subject, others) : NOTHING;
    }
    ClaimFindings all =
        others.of(ObjectName.in(subject.volume().namespace(), subject.volume().name()));
    Instant earliest = earliest(subject.place().created());
    List<ForeignPoint> since = since(all.points(), earliest);
    return new ToolSight(
        since,
        since.size() < all.points().size(),
        all.lastFailure().filter(failure -> !failure.at().isBefore(earliest)),
        all.intents());
  }

  /// Its object tells only what is its own.
  private static ToolSight ofDatabase(Subject subject, Findings others) {
    return others
        .database(subject.volume())
        .map(database -> new ToolSight(database.points(), false, Optional.empty(), List.of()))
        .orElse(NOTHING);
  }

  /// A claim that is still to come can have none.
  private static Instant earliest(@Nullable Instant created) {
    return created == null ? Instant.MAX : created.minus(CLOCKS);
  }

  private static List<ForeignPoint> since(List<ForeignPoint> points, Instant earliest) {
    return points.isEmpty()
        ? points
        : points.stream()
            .filter(point -> point.bound() || !point.cut().isBefore(earliest))
            .toList();
  }
}
