package dev.muster.auditor.coverage;

import com.fasterxml.jackson.databind.JsonNode;

/// The policy's answer about one volume, or about all that are like it.
record Verdict(String verdict, String reason, String message, String nextStep) {

  static Verdict of(JsonNode answer) {
    return new Verdict(
        answer.path("verdict").asText("Unknown"),
        answer.path("reason").asText(""),
        answer.path("message").asText(""),
        answer.path("next_step").asText(""));
  }

  static Verdict broken(String reason) {
    return new Verdict("Unknown", "policy-broken", reason, "look at the auditor's log");
  }
}
