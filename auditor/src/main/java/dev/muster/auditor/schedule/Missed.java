package dev.muster.auditor.schedule;

import dev.muster.model.Schedule;
import java.time.Instant;
import java.util.Optional;

/// Slots that had no run, and the later one whose run stands for them.
///
/// @param slots at most [#COUNTED]: then there may be more
public record Missed(int slots, Instant first, Instant last, Instant caughtUp) {

  static final int COUNTED = 1000;

  /// Those after `since` and before the slot that is run.
  static Optional<Missed> of(Schedule schedule, Instant since, Instant caughtUp) {
    int slots = DueSlots.between(schedule, since, caughtUp, COUNTED);
    Optional<Instant> first = schedule.next(since);
    Optional<Instant> last = DueSlots.latest(schedule, since, caughtUp.minusMillis(1));
    return slots > 0 && first.isPresent() && last.isPresent()
        ? Optional.of(new Missed(slots, first.get(), last.get(), caughtUp))
        : Optional.empty();
  }

  /// For people.
  public String text() {
    String count = slots < COUNTED ? String.valueOf(slots) : "at least " + slots;
    String which =
        slots == 1
            ? "1 slot was missed, that of " + first
            : "%s slots were missed, from %s to %s".formatted(count, first, last);
    return which + "; one run catches up with the slot of " + caughtUp;
  }
}
