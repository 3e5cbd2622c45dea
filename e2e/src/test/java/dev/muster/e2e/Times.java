package dev.muster.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// Times of objects against the clock.
final class Times {

  private static final InstantSource CLOCK = InstantSource.system();

  private Times() {}

  /// A date by UTC so many days from now.
  static LocalDate inDays(int days) {
    return LocalDate.ofInstant(CLOCK.instant(), ZoneOffset.UTC).plusDays(days);
  }

  static Duration sinceStart(JsonNode pod) {
    return Duration.between(Instant.parse(pod.at("/status/startTime").asText()), CLOCK.instant());
  }
}
