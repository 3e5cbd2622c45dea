package dev.muster.auditor.controls;

import dev.muster.auditor.coverage.Captured;
import dev.muster.auditor.coverage.Proof;
import dev.muster.auditor.coverage.VolumeSight;
import dev.muster.auditor.coverage.WorkloadEvidence;
import dev.muster.config.Configuration;
import dev.muster.config.ControlParameters;
import dev.muster.model.Contract;
import dev.muster.model.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holds what is known of a volume against what is demanded of it. For one thread at a time.
final class FactsOfSight {
  private final Rhythm rhythm = new Rhythm();
  private final @Nullable Boolean runs;

  FactsOfSight(Configuration configuration) {
    this.runs = runs(configuration);
  }

  ControlFacts of(VolumeSight sight, ControlParameters demanded) {
    var facts = sight.facts();
    return new ControlFacts(
        facts.volume(),
        sight.evidence().name().toLowerCase(Locale.ROOT),
        facts.gap(),
        facts.contract(),
        facts.waiver() == null
            ? null
            : new ControlFacts.Waiver(facts.waiver().daysLeft() < 0, facts.waiver().approved()),
        facts.engine(),
        facts.operator(),
        facts.intents(),
        plan(sight.reading().effective()),
        points(sight, demanded),
        drill(sight, demanded),
        new ControlFacts.Parameters(
            demanded.frequency().toSeconds(),
            demanded.retention().toSeconds(),
            demanded.pointRetention().toSeconds(),
            demanded.newestWithin().toSeconds(),
            demanded.drillWithin().toSeconds()));
  }

  private ControlFacts.Plan plan(Contract contract) {
    return new ControlFacts.Plan(
        contract.schedule().flatMap(rhythm::apart).map(Duration::toSeconds).orElse(null),
        contract.retention().map(FactsOfSight::reach).orElse(null),
        runs);
  }

  private static @Nullable Boolean runs(Configuration configuration) {
    if (!configuration.backups()) {
      return false;
    }
    return configuration.primaryStore().isPresent() && configuration.signing().keyFile().isPresent()
        ? true
        : null;
  }

  private static ControlFacts.Points points(VolumeSight sight, ControlParameters demanded) {
    List<WorkloadEvidence.Point> good = sight.points().good();
    List<Captured> mine = captured(good);
    Optional<Captured> newest = mine.isEmpty() ? Optional.empty() : Optional.of(mine.getLast());
    boolean last = !good.isEmpty() && good.getLast().captured().isPresent();
    return new ControlFacts.Points(
        good.size(),
        mine.size(),
        sight.points().points().size() - good.size(),
        sight
            .points()
            .newest()
            .map(point -> within(point.cut(), demanded.newestWithin(), sight.at()))
            .orElse(null),
        encrypted(sight),
        newest
            .filter(captured -> last)
            .flatMap(Captured::retention)
            .map(FactsOfSight::reach)
            .orElse(null),
        newest
            .map(captured -> captured.meets(sight.reading().effective().consistency()))
            .orElse(null),
        complete(sight));
  }

  /// Of all that the store has, also of points that do not count for anything else. One that is not
  /// counts, even where others are not known.
  private static @Nullable Boolean encrypted(VolumeSight sight) {
    List<Captured> mine = captured(sight.stored().points());
    if (mine.stream().anyMatch(captured -> !captured.encrypted())) {
      return false;
    }
    boolean others = sight.points().points().stream().anyMatch(point -> point.captured().isEmpty());
    return mine.isEmpty() || others ? null : true;
  }

  private static List<Captured> captured(List<WorkloadEvidence.Point> points) {
    return points.stream().flatMap(point -> point.captured().stream()).toList();
  }

  /// Of the newest that the store has, whether it counts or not.
  private static @Nullable Boolean complete(VolumeSight sight) {
    List<WorkloadEvidence.Point> stored = sight.stored().points();
    if (stored.isEmpty() || sight.expected().isEmpty()) {
      return null;
    }
    Set<String> expected = sight.expected().get();
    WorkloadEvidence.Point newest = stored.getLast();
    return !newest.suspicious()
        && newest.streams().containsAll(expected)
        && newest.captured().isPresent();
  }

  private static ControlFacts.Drill drill(VolumeSight sight, ControlParameters demanded) {
    Optional<Proof> last = sight.points().proof();
    Optional<Duration> target = demanded.restoreWithin().or(sight.reading().effective()::rto);
    return new ControlFacts.Drill(
        last.map(proof -> within(proof.at(), demanded.drillWithin(), sight.at())).orElse(null),
        last.flatMap(Proof::recovery)
            .flatMap(took -> target.map(most -> took.compareTo(most) <= 0))
            .orElse(null));
  }

  private static long reach(Retention retention) {
    return retention.reach().toSeconds();
  }

  /// In whole seconds, as promises are.
  private static boolean within(Instant then, Duration most, Instant now) {
    return Duration.between(then, now).toSeconds() <= most.toSeconds();
  }
}
