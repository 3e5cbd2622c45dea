package dev.muster.repository;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.testkit.Tools;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The reader in Python, which shares nothing with Muster but the written format: one process that
/// judges many repositories.
final class ReaderProcess implements AutoCloseable {

  private final ObjectMapper json = new ObjectMapper();
  private final Path identity;
  private final List<String> pinned;
  private final Process process;
  private final Writer asked;
  private final BufferedReader answered;

  private ReaderProcess(Path identity, List<String> pinned, Process process) {
    this.identity = identity;
    this.pinned = pinned;
    this.process = process;
    this.asked = process.outputWriter(StandardCharsets.UTF_8);
    this.answered = process.inputReader(StandardCharsets.UTF_8);
  }

  /// `folder` takes the identity; the keys are those whose manifests are believed.
  static ReaderProcess start(Path folder, String identity, List<VerifyingKey> pinned)
      throws IOException {
    Path file = Files.writeString(folder.resolve("identity"), identity);
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("muster.root", "..")) + "/dev/reader/muster-reader",
            "judge");
    Path age = Path.of(Tools.path("age")).getParent();
    builder.environment().merge("PATH", "", (path, _) -> age + ":" + path);
    return new ReaderProcess(
        file,
        pinned.stream().map(VerifyingKey::toBase64).toList(),
        builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /// The word for a point of the repository in a folder, or for the repository as a whole.
  String judge(Path repository, String manifestKey) {
    try {
      asked.write(
          json.writeValueAsString(
                  Map.of(
                      "store", repository.toString(),
                      "pinned", pinned,
                      "identity", identity.toString(),
                      "manifests", List.of(manifestKey)))
              + "\n");
      asked.flush();
      JsonNode answer = json.readTree(answered.readLine());
      return answer.path("points").path(manifestKey).asText(answer.path("refused").asText());
    } catch (IOException e) {
      throw new UncheckedIOException("the reader in Python does not answer", e);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    asked.close();
    process.waitFor();
  }
}
