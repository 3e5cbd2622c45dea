package dev.muster.auditor.controls;

import dev.muster.model.Cron;
import dev.muster.model.Schedule;
import dev.muster.model.Window;
import dev.muster.model.WorkloadKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// How far apart the slots of schedules are at most, in a year that begins on a Monday. Clock
/// changes are left out: a day is demanded, not its 24 hours. For one thread at a time.
final class Rhythm {
  private static final Instant FROM = Instant.parse("2001-01-01T00:00:00Z");

  private final Map<Key, Optional<Duration>> known = new HashMap<>();

  /// The place that a workload has by its jitter matters only where a window cuts slots out.
  private record Key(Cron cron, Optional<Window> window, WorkloadKey jitter) {
    static Key of(Schedule schedule) {
      WorkloadKey jitter =
          schedule.window().isPresent() ? schedule.jitter() : WorkloadKey.of("", "", "");
      return new Key(schedule.cron(), schedule.window(), jitter);
    }
  }

  /// Empty where no slot ever comes, or none comes again.
  Optional<Duration> apart(Schedule schedule) {
    return known.computeIfAbsent(Key.of(schedule), Rhythm::longest);
  }

  /// All days that have slots have them at the same times, so one of them is gone through slot by
  /// slot, and of the others only the time between them. Slots that come in no usual year are apart
  /// as the first two such days are.
  private static Optional<Duration> longest(Key key) {
    var schedule = new Schedule(key.cron(), ZoneOffset.UTC, key.window(), key.jitter());
    Instant to = FROM.plus(Duration.ofDays(key.cron().weekly() ? 7 : 365));
    Optional<Instant> first = schedule.next(FROM.minusSeconds(1));
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Day day = Day.of(schedule, first.get());
    Duration longest = day.longest();
    Instant slot = first.get();
    do {
      Instant last = slot.plus(day.firstToLast());
      Optional<Instant> next = schedule.next(last);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      longest = longer(longest, Duration.between(last, next.get()));
      slot = next.get();
    } while (slot.isBefore(to));
    return Optional.of(longest);
  }

  /// The slots of one day.
  ///
  /// @param longest between two of them; zero of a single one
  private record Day(Duration firstToLast, Duration longest) {
    static Day of(Schedule schedule, Instant first) {
      Instant end = first.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
      Instant last = first;
      Duration longest = Duration.ZERO;
      for (Optional<Instant> slot = schedule.next(last);
          slot.isPresent() && slot.get().isBefore(end);
          slot = schedule.next(last)) {
        longest = longer(longest, Duration.between(last, slot.get()));
        last = slot.get();
      }
      return new Day(Duration.between(first, last), longest);
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
