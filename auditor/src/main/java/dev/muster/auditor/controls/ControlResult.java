package dev.muster.auditor.controls;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// What one control says of one volume, or of all that are like it.
///
/// @param nextStep empty where nobody needs to do anything
record ControlResult(String id, Status status, String reason, String nextStep) {

  static List<ControlResult> all(JsonNode answer) {
    return answer.path("results").valueStream().map(ControlResult::of).toList();
  }

  private static ControlResult of(JsonNode result) {
    return new ControlResult(
        result.path("id").asText(),
        Status.of(result.path("status").asText()),
        result.path("reason").asText(),
        result.path("next_step").asText());
  }

  /// The same control, where the policy gave no answer.
  ControlResult broken(String why) {
    return new ControlResult(
        id, Status.NOT_EVALUATED, "the policy gave no answer: " + why, "look at the policy");
  }
}
