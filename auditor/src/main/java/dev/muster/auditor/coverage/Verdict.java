package dev.muster.auditor.coverage;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// The policy's answer about one volume, or about all that are like it.
record Verdict(String verdict, String reason, String message, String nextStep) {
  private static final String FAILURE = "{last_failure}";

  static Verdict of(JsonNode answer) {
    return new Verdict(
        answer.path("verdict").asText("Unknown"),
        answer.path("reason").asText(""),
        answer.path("message").asText(""),
        answer.path("next_step").asText(""));
  }

  /// One answer serves volumes with different failures, so it leaves room for the object.
  Verdict naming(CoverageReport.@Nullable Failure failure) {
    return failure == null || !nextStep.contains(FAILURE)
        ? this
        : new Verdict(verdict, reason, message, nextStep.replace(FAILURE, failure.reason()));
  }

  static Verdict broken(String reason) {
    return new Verdict("Unknown", "policy-broken", reason, "look at the auditor's log");
  }
}
