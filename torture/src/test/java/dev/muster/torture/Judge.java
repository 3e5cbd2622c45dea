package dev.muster.torture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.testkit.SecondReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The second reader's word on a point, held against what the point should hold.
final class Judge implements AutoCloseable {

  private final ObjectMapper json = new ObjectMapper();
  private final SecondReader reader = SecondReader.start();
  private final Path store;
  private final Path identity;
  private final String publicKey;

  Judge(Path store, Path identity, String publicKey) {
    this.store = store;
    this.identity = identity;
    this.publicKey = publicKey;
  }

  /// What became of a backup.
  sealed interface Word {

    /// No reader can take it for a point.
    record Absent() implements Word {}

    /// Restored in full by the second reader, and exactly what was to be backed up.
    record Whole() implements Word {}

    /// A point that claims more than it holds.
    record False(String why) implements Word {}
  }

  /// `digests` are those of the plaintext of every stream that there must be.
  synchronized Word word(String manifestKey, Map<String, String> digests) {
    Map<String, Object> question =
        Map.of(
            "store", store.toString(),
            "pinned", List.of(publicKey),
            "identity", identity.toString(),
            "manifests", List.of(manifestKey));
    try {
      JsonNode point =
          json.readTree(reader.judge(json.writeValueAsString(question)))
              .path("points")
              .path(manifestKey);
      Map<String, String> plain = new TreeMap<>();
      point
          .path("plain")
          .fields()
          .forEachRemaining(e -> plain.put(e.getKey(), e.getValue().asText()));
      return switch (point.path("word").asText("no answer")) {
        case "Absent" -> new Word.Absent();
        case "Whole" ->
            plain.equals(new TreeMap<>(digests))
                ? new Word.Whole()
                : new Word.False("holds %s instead of %s".formatted(plain, digests));
        case String other -> new Word.False(other);
      };
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
