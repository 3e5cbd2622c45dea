package dev.muster.policies;

import com.fasterxml.jackson.databind.JsonNode;

/// What came of one evaluation.
public sealed interface PolicyOutcome {
  /// The policy's own answer, a document.
  record Decided(JsonNode value) implements PolicyOutcome {}

  /// There is no answer, and nothing may be concluded from that.
  record Broken(String reason) implements PolicyOutcome {}
}
