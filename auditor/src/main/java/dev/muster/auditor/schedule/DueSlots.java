package dev.muster.auditor.schedule;

import dev.muster.model.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which slots are due. Pure.
///
/// After any time of standstill only the latest due slot is run, as one catch-up run; the slots
/// before it are counted as missed. Slots before a workload existed do not exist.
public final class DueSlots {

  private static final List<Duration> HORIZONS =
      List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(8), Duration.ofDays(370));

  private DueSlots() {}

  /// The latest slot at or before now, after `since`.
  public static Optional<Instant> latest(Schedule schedule, Instant since, Instant now) {
    for (Duration horizon : HORIZONS) {
      Instant from = later(now.minus(horizon), since);
      Optional<Instant> last = Optional.empty();
      Optional<Instant> slot = schedule.next(from);
      while (slot.isPresent() && !slot.get().isAfter(now)) {
        last = slot;
        slot = schedule.next(slot.get());
      }
      if (last.isPresent() || from.equals(since)) {
        return last;
      }
    }
    return Optional.empty();
  }

  /// How many slots lie between two times, both ends excluded; counting ends at `most`.
  public static int between(Schedule schedule, Instant after, Instant before, int most) {
    int count = 0;
    Optional<Instant> slot = schedule.next(after);
    while (count < most && slot.isPresent() && slot.get().isBefore(before)) {
      count++;
      slot = schedule.next(slot.get());
    }
    return count;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
