package dev.muster.auditor;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Whether one worker gets on with its work: it took some up, ended it, or said that it moves. A
/// worker that rests is well.
final class Pulse {

  private final Duration limit;
  private final LongSupplier nanos;
  private @Nullable Object work;
  private long movedAt;

  /// @param limit how long nothing may move
  Pulse(Duration limit, LongSupplier nanos) {
    this.limit = limit;
    this.nanos = nanos;
  }

  synchronized void takes(Object taken) {
    work = taken;
    movedAt = nanos.getAsLong();
  }

  synchronized void moves() {
    movedAt = nanos.getAsLong();
  }

  synchronized void rests() {
    work = null;
  }

  /// Empty when all is well.
  synchronized Optional<String> problem() {
    Duration still = Duration.ofNanos(nanos.getAsLong() - movedAt);
    return work == null || still.compareTo(limit) <= 0
        ? Optional.empty()
        : Optional.of(
            "work on %s has not moved for %d s, at most %d s are allowed"
                .formatted(work, still.toSeconds(), limit.toSeconds()));
  }
}
