package dev.muster.repository;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.testkit.SecondReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What the second reader says of points, in the words of the reference.
final class ReaderProcess implements AutoCloseable {

  private final ObjectMapper json = new ObjectMapper();
  private final Path identity;
  private final List<String> pinned;
  private final SecondReader reader = SecondReader.start();

  private ReaderProcess(Path identity, List<String> pinned) {
    this.identity = identity;
    this.pinned = pinned;
  }

  /// `folder` takes the identity; the keys are those whose manifests are believed.
  static ReaderProcess start(Path folder, String identity, List<VerifyingKey> pinned)
      throws IOException {
    Path file = Files.writeString(folder.resolve("identity"), identity);
    return new ReaderProcess(file, pinned.stream().map(VerifyingKey::toBase64).toList());
  }

  /// The word for a point of the repository in a folder, or for the repository as a whole.
  String judge(Path repository, String manifestKey) {
    Map<String, Object> question =
        Map.of(
            "store", repository.toString(),
            "pinned", pinned,
            "identity", identity.toString(),
            "manifests", List.of(manifestKey));
    try {
      JsonNode answer = json.readTree(reader.judge(json.writeValueAsString(question)));
      JsonNode point = answer.path("points").path(manifestKey);
      return point.path("word").asText(answer.path("refused").asText());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
