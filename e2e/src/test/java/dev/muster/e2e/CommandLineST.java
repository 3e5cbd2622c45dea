package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bad input: exit code 2 and a message that names the object and what to do.
@SystemTest
final class CommandLineST {

  private final Node node;

  CommandLineST(Node node) {
    this.node = node;
  }

  @Test
  void clusterThatDoesNotAnswer() {
    Map<String, String> environment = new HashMap<>(node.shell().environment());
    environment.put("KUBECONFIG", "/nowhere/kubeconfig");

    var said =
        new Shell(Node.ROOT, environment)
            .run(Duration.ofMinutes(1), "", List.of("bin/muster", "audit"));

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains("/nowhere/kubeconfig");
  }

  @Test
  void namespaceThatDoesNotExist() {
    var said = node.muster(Duration.ofMinutes(1), "backup", "nowhere/db");

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains("no namespace nowhere");
  }

  @Test
  void workloadThatDoesNotExist() {
    var said = node.muster(Duration.ofMinutes(1), "backup", "default/absent");

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains("namespace default has no workload absent");
  }

  @Test
  void planThatDoesNotExist() {
    try (Tenant tenant = Tenant.create(node.kubectl(), "plan", "baseline")) {
      tenant.apply(Databases.postgres(0, "{muster.dev/plan: golden}"));

      var said = node.muster(Duration.ofMinutes(1), "backup", tenant.namespace + "/db");

      assertThat(said.exit()).isEqualTo(2);
      assertThat(said.err()).contains("golden").contains("standard");
    }
  }

  @Test
  void keyThatCannotBeRead() {
    var said =
        node.muster(
            Duration.ofMinutes(1),
            "restore",
            "20260101T000000Z-" + "a".repeat(26),
            "--identity",
            "/nowhere/key");

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains("/nowhere/key");
  }

  @Test
  void storeThatDoesNotAnswer(@TempDir Path folder) throws IOException {
    String nowhere = "https://127.0.0.1:1";
    String installed =
        node.kubectl().get("configmap", "muster", "muster-config").at("/data/muster.yaml").asText();
    Path config = folder.resolve("muster.yaml");
    Files.writeString(config, installed.replace(node.environment("MUSTER_S3_ENDPOINT"), nowhere));

    var said = points(Map.of("MUSTER_CONFIG", config.toString()));

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains(nowhere).doesNotContain("\tat ");
  }

  @Test
  void storeThatRefusesTheCredential() {
    var said = points(Map.of("AWS_SECRET_ACCESS_KEY", "wrong"));

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).isNotBlank().doesNotContain("wrong").doesNotContain("\tat ");
  }

  private Shell.Result points(Map<String, String> changed) {
    Map<String, String> environment = new HashMap<>(node.shell().environment());
    environment.putAll(changed);
    return new Shell(Node.ROOT, environment)
        .run(Duration.ofMinutes(1), "", List.of("bin/muster", "points"));
  }
}
