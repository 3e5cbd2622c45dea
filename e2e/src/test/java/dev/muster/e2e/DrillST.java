package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Covers;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Drills of one workload's newest point as it is, and with its object damaged in turn.
@SystemTest
@Needs({Part.DRILLS, Part.NETWORK})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
final class DrillST {

  private final Node node;
  private final Tenant tenant;
  private JsonNode before;
  private JsonNode point;

  DrillST(Node node) {
    this.node = node;
    this.tenant = Tenant.database(node.kubectl(), "drill", "{}");
  }

  @BeforeAll
  void makePoints() {
    before = Backup.ask(node, tenant).sealed();
    point = Backup.ask(node, tenant).sealed();
  }

  @AfterAll
  void end() {
    tenant.close();
  }

  @Test
  @Covers({"F87", "F92"})
  void goodPointIsProvenRowByRowAndLeavesNothing() {
    JsonNode outcome = Drill.ask(node, tenant).outcome();

    assertThat(outcome.path("outcome").asText()).as(outcome.toString()).isEqualTo("proven");
    assertThat(outcome.path("steps").findValuesAsText("result")).containsOnly("holds");
    assertThat(outcome.path("steps").findValuesAsText("step"))
        .contains("isolation", "integrity", "decode", "restore", "schema", "counts", "hashes");
    assertThat(point.path("probes").toString()).contains("public.t");
    String label = "muster.dev/drill=" + outcome.path("drill").asText();
    await("the drill's namespace is gone")
        .atMost(Duration.ofMinutes(2))
        .until(() -> node.kubectl().ok("get", "namespaces", "-l", label, "-o", "name").isEmpty());
  }

  @Test
  @Covers({"F70", "F78"})
  void flippedByteIsDisproven() {
    assertDisproven(bytes -> {
      bytes[bytes.length / 2] ^= 1;
      return bytes;
    });
  }

  @Test
  @Covers({"F70", "F77"})
  void objectCutAtHalfIsDisproven() {
    assertDisproven(bytes -> Arrays.copyOf(bytes, bytes.length / 2));
  }

  @Test
  @Covers("F78")
  void objectOfAnotherRunIsDisproven() {
    assertDisproven(bytes -> node.store().get(data(before)));
  }

  private void assertDisproven(UnaryOperator<byte[]> damage) {
    byte[] whole = node.store().get(data(point));
    node.store().put(data(point), damage.apply(whole.clone()));
    try {
      JsonNode outcome = Drill.ask(node, tenant).outcome();

      assertThat(outcome.path("outcome").asText()).as(outcome.toString()).isEqualTo("disproven");
      assertThat(outcome.path("step").asText()).isEqualTo("integrity");
      assertThat(outcome.path("point").asText()).isEqualTo(point.at("/identity/point").asText());
    } finally {
      node.store().put(data(point), whole);
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
