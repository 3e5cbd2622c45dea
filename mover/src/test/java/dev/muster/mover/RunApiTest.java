package dev.muster.mover;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.repository.wire.PartRequest;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunApiTest {

  @TempDir private Path folder;

  @Test
  void malformedTokenIsNeverRepeated() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "half of\na secret");
    BackupSettings settings =
        BackupSettings.of(
            Map.of(
                "MUSTER_RUN_ID", "run",
                "MUSTER_ATTEMPT", "one",
                "MUSTER_API", "https://127.0.0.1:1",
                "MUSTER_TOKEN_FILE", token.toString(),
                "MUSTER_RECIPIENTS", "age1",
                "MUSTER_STREAMS", "[]"));

    try (HttpClient http = HttpClient.newHttpClient()) {
      RunApi api = new RunApi(http, settings, _ -> {}, new Random(1));

      assertThatThrownBy(() -> api.part(new PartRequest("one", "db", 1, 1, 10, "")))
          .isInstanceOf(MoverException.class)
          .hasMessageContaining("holds no bearer token")
          .hasMessageNotContaining("secret");
    }
  }
}
