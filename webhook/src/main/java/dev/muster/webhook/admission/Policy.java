package dev.muster.webhook.admission;

import com.fasterxml.jackson.databind.JsonNode;

/// Decides what should hold for one projected object. Called by many threads at once.
public interface Policy {
  Answer decide(JsonNode projection);

  /// Names the rules in force, for audit annotations.
  String digest();

  sealed interface Answer {
    record Ruled(JsonNode ruling) implements Answer {}

    record Failed(String reason) implements Answer {}
  }
}
