package dev.muster.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One drill from its request to its outcome.
///
/// @param manifestKey and `manifestSha256` name the point's commit; the digest is empty when the
///   manifest could not be believed
/// @param image of the engine that was drilled, empty when it did not come to that
/// @param dataAt when the data was cut: what a restore of this point goes back to
/// @param warnings that do not change the outcome
record DrillReport(
    String id,
    DrillRequest request,
    String point,
    String manifestKey,
    String manifestSha256,
    String image,
    Optional<Instant> dataAt,
    Instant started,
    Instant ended,
    Climb climb,
    List<String> warnings) {

  DrillReport {
    warnings = List.copyOf(warnings);
  }

  DrillOutcome outcome() {
    return climb.outcome();
  }

  /// How much would have been lost had the source been lost when the drill began.
  Optional<Duration> dataAge() {
    return dataAt.map(cut -> Duration.between(cut, started));
  }

  /// Empty where nothing was promised or the engine never answered.
  Optional<Boolean> withinRto() {
    return outcome() instanceof DrillOutcome.Proven
        ? request.rto().map(promise -> climb.recovery().compareTo(promise) <= 0)
        : Optional.empty();
  }
}
