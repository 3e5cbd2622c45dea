package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Covers;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

@SystemTest
@Needs({Part.DRILLS, Part.NETWORK})
final class DrillST {

  private final Node node;

  DrillST(Node node) {
    this.node = node;
  }

  @Test
  @Covers({"F87", "F92"})
  void goodPointIsProvenRowByRowAndLeavesNothing() {
    try (Tenant tenant = Tenant.database(node.kubectl(), "proven", "{}")) {
      JsonNode manifest = Backup.ask(node, tenant).sealed();

      JsonNode outcome = Drill.ask(node, tenant).outcome();

      assertThat(outcome.path("outcome").asText()).as(outcome.toString()).isEqualTo("proven");
      assertThat(outcome.path("steps").findValuesAsText("result")).containsOnly("holds");
      assertThat(outcome.path("steps").findValuesAsText("step"))
          .contains("isolation", "integrity", "decode", "restore", "schema", "counts", "hashes");
      assertThat(manifest.path("probes").toString()).contains("public.t");
      String label = "muster.dev/drill=" + outcome.path("drill").asText();
      await("the drill's namespace is gone")
          .atMost(Duration.ofMinutes(2))
          .until(() -> node.kubectl().ok("get", "namespaces", "-l", label, "-o", "name").isEmpty());
    }
  }

  @Test
  @Covers({"F70", "F78"})
  void flippedByteIsDisproven() {
    assertDisproven(
        "flipped",
        bytes -> {
          bytes[bytes.length / 2] ^= 1;
          return bytes;
        });
  }

  @Test
  @Covers({"F70", "F77"})
  void objectCutAtHalfIsDisproven() {
    assertDisproven("cut", bytes -> Arrays.copyOf(bytes, bytes.length / 2));
  }

  @Test
  @Covers("F78")
  void objectOfAnotherRunIsDisproven() {
    try (Tenant tenant = Tenant.database(node.kubectl(), "swapped", "{}")) {
      JsonNode other = Backup.ask(node, tenant).sealed();
      JsonNode point = Backup.ask(node, tenant).sealed();
      node.store().put(data(point), node.store().get(data(other)));

      JsonNode outcome = Drill.ask(node, tenant).outcome();

      assertThat(outcome.path("outcome").asText()).as(outcome.toString()).isEqualTo("disproven");
      assertThat(outcome.path("step").asText()).isEqualTo("integrity");
    }
  }

  private void assertDisproven(String purpose, UnaryOperator<byte[]> damage) {
    try (Tenant tenant = Tenant.database(node.kubectl(), purpose, "{}")) {
      JsonNode point = Backup.ask(node, tenant).sealed();
      node.store().put(data(point), damage.apply(node.store().get(data(point))));

      JsonNode outcome = Drill.ask(node, tenant).outcome();

      assertThat(outcome.path("outcome").asText()).as(outcome.toString()).isEqualTo("disproven");
      assertThat(outcome.path("step").asText()).isEqualTo("integrity");
    }
  }

  /// The first segment of the database's stream.
  private static String data(JsonNode manifest) {
    for (JsonNode stream : manifest.path("streams")) {
      if (stream.path("name").asText().startsWith("db-")) {
        return stream.at("/segments/0/key").asText();
      }
    }
    throw new AssertionError("no stream of a database in " + manifest);
  }
}
