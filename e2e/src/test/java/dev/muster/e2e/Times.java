package dev.muster.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Times of objects against the clock.
final class Times {

  private static final InstantSource CLOCK = InstantSource.system();

  private Times() {}

  static Duration sinceStart(JsonNode pod) {
    return Duration.between(Instant.parse(pod.at("/status/startTime").asText()), CLOCK.instant());
  }
}
