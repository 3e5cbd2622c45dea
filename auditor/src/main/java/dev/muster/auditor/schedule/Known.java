package dev.muster.auditor.schedule;

import dev.muster.auditor.contract.Effective;
import dev.muster.model.Schedule;
import java.time.Instant;
import java.util.Optional;

/// What the planner knows of one workload. Slots after `since` have had no run yet; `retried` where
/// one of them could not be started.
record Known(Effective effective, Optional<Schedule> schedule, Instant since, boolean retried) {

  Known as(Effective now) {
    return new Known(now, schedule, since, retried);
  }

  Known ranUpTo(Instant slot) {
    return new Known(effective, schedule, slot, false);
  }

  Known failed() {
    return new Known(effective, schedule, since, true);
  }
}
