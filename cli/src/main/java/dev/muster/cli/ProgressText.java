package dev.muster.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/// The annotation `muster.dev/progress` for people.
final class ProgressText {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ProgressText() {}

  /// Whatever the auditor wrote: its words where they are not understood.
  static String of(String json) {
    try {
      JsonNode tree = MAPPER.readTree(json);
      List<String> words = new ArrayList<>();
      tree.forEach(stream -> words.add(stream(stream)));
      return String.join("; ", words);
    } catch (JsonProcessingException e) {
      return json;
    }
  }

  private static String stream(JsonNode amounts) {
    return "%s %s read, %s stored"
        .formatted(
            amounts.path("stream").asText("?"),
            Bytes.text(amounts.path("plainBytes").asLong()),
            Bytes.text(amounts.path("storedBytes").asLong()));
  }
}
