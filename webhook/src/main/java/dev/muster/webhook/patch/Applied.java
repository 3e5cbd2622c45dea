package dev.muster.webhook.patch;

import com.fasterxml.jackson.databind.JsonNode;

/// What came of applying a patch to a document.
public sealed interface Applied {
  record To(JsonNode document) implements Applied {}

  /// The API server would have refused it, and with it the user's request.
  record Refused(String reason) implements Applied {}
}
