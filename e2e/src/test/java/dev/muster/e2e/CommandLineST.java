package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Bad input: exit code 2 and a message that names the object and what to do.
@ExtendWith(Installation.class)
final class CommandLineST {

  private final Node node;

  CommandLineST(Node node) {
    this.node = node;
  }

  @Test
  void clusterThatDoesNotAnswer() {
    Map<String, String> environment = new HashMap<>(node.shell().environment());
    environment.put("KUBECONFIG", "/nowhere/kubeconfig");

    var said = new Shell(Node.ROOT, environment).run(Duration.ofMinutes(1), "", List.of("bin/muster", "audit"));

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains("/nowhere/kubeconfig");
  }

  @Test
  void workloadThatDoesNotExist() {
    var said = node.muster(Duration.ofMinutes(1), "backup", "nowhere/db");

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains("nowhere/db");
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
            Duration.ofMinutes(1), "restore", "20260101T000000Z-" + "a".repeat(26), "--identity", "/nowhere/key");

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains("/nowhere/key");
  }

  @Test
  void storeThatDoesNotAnswer() {
    Map<String, String> environment = new HashMap<>(node.shell().environment());
    environment.put("AWS_SECRET_ACCESS_KEY", "wrong");

    var said = new Shell(Node.ROOT, environment).run(Duration.ofMinutes(1), "", List.of("bin/muster", "points"));

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).isNotBlank().doesNotContain("wrong").doesNotContain("\tat ");
  }
}
