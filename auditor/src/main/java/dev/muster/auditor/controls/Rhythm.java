package dev.muster.auditor.controls;

import dev.muster.model.Cron;
import dev.muster.model.Schedule;
import dev.muster.model.Window;
import dev.muster.model.WorkloadKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// How far apart the slots of schedules are at most, in a year that begins on a Monday. Clock
/// changes are left out: a day is demanded, not its 24 hours. For one thread at a time.
final class Rhythm {
  private static final Instant FROM = Instant.parse("2001-01-01T00:00:00Z");

  /// More than a week of minutes.
  private static final int SLOTS = 12_000;

  private final Map<Key, Optional<Duration>> known = new HashMap<>();

  /// The place that a workload has by its jitter matters only where a window cuts slots out.
  private record Key(Cron cron, Optional<Window> window, WorkloadKey jitter) {
    static Key of(Schedule schedule) {
      WorkloadKey jitter =
          schedule.window().isPresent() ? schedule.jitter() : WorkloadKey.of("", "", "");
      return new Key(schedule.cron(), schedule.window(), jitter);
    }
  }

  /// Empty where no slot ever comes.
  Optional<Duration> apart(Schedule schedule) {
    return known.computeIfAbsent(Key.of(schedule), Rhythm::longest);
  }

  private static Optional<Duration> longest(Key key) {
    var schedule = new Schedule(key.cron(), ZoneOffset.UTC, key.window(), key.jitter());
    Instant to = FROM.plus(Duration.ofDays(key.cron().weekly() ? 7 : 365));
    Optional<Instant> slot = schedule.next(FROM);
    Duration longest = Duration.ZERO;
    for (int i = 0; i < SLOTS && slot.isPresent() && slot.get().isBefore(to); i++) {
      Optional<Instant> next = schedule.next(slot.get());
      if (next.isPresent()) {
        longest = longer(longest, Duration.between(slot.get(), next.get()));
      }
      slot = next;
    }
    return longest.isZero() ? rare(schedule) : Optional.of(longest);
  }

  /// Of slots that come in no usual year.
  private static Optional<Duration> rare(Schedule schedule) {
    return schedule
        .next(FROM)
        .flatMap(first -> schedule.next(first).map(second -> Duration.between(first, second)));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
