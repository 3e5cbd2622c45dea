package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Covers;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

@SystemTest
@Order(1) // drills wait for each other: the sooner they begin, the better
@ResourceLock(
    value = Part.DRILLS,
    mode = ResourceAccessMode.READ,
    target = ResourceLockTarget.CHILDREN)
@ResourceLock(
    value = Part.NETWORK,
    mode = ResourceAccessMode.READ,
    target = ResourceLockTarget.CHILDREN)
final class DrillST {

  private final Node node;

  DrillST(Node node) {
    this.node = node;
  }

  @Test
  @Covers({"F87", "F92"})
  void goodPointIsProvenRowByRowAndLeavesNothing() {
    try (Tenant tenant = database("proven")) {
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
    try (Tenant tenant = database("swapped")) {
      JsonNode other = Backup.ask(node, tenant).sealed();
      JsonNode point = Backup.ask(node, tenant).sealed();
      node.store().put(data(point), node.store().get(data(other)));

      JsonNode outcome = Drill.ask(node, tenant).outcome();

      assertThat(outcome.path("outcome").asText()).as(outcome.toString()).isEqualTo("disproven");
      assertThat(outcome.path("step").asText()).isEqualTo("integrity");
    }
  }

  @Test
  @Covers("F80")
  @ResourceLock(Part.DRILLS)
  void pointForAnotherKeyIsDisproven() {
    try (Tenant tenant = database("key")) {
      Backup.ask(node, tenant).sealed();
      String identity =
          node.shell()
              .run(
                  Duration.ofSeconds(10),
                  "",
                  java.util.List.of(node.environment("MUSTER_AGE_KEYGEN")))
              .orFail();
      String before =
          useIdentity(
              java.util.Base64.getEncoder()
                  .encodeToString(identity.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      try {
        JsonNode outcome = Drill.ask(node, tenant).outcome();

        assertThat(outcome.path("outcome").asText()).as(outcome.toString()).isEqualTo("disproven");
        assertThat(outcome.path("step").asText()).isEqualTo("decode");
      } finally {
        useIdentity(before);
      }
    }
  }

  private void assertDisproven(String purpose, UnaryOperator<byte[]> damage) {
    try (Tenant tenant = database(purpose)) {
      JsonNode point = Backup.ask(node, tenant).sealed();
      node.store().put(data(point), damage.apply(node.store().get(data(point))));

      JsonNode outcome = Drill.ask(node, tenant).outcome();

      assertThat(outcome.path("outcome").asText()).as(outcome.toString()).isEqualTo("disproven");
      assertThat(outcome.path("step").asText()).isEqualTo("integrity");
    }
  }

  private Tenant database(String purpose) {
    Tenant tenant = Tenant.create(node.kubectl(), purpose, "baseline");
    tenant.apply(Databases.postgres(0, "{}"));
    tenant.ready("db-0");
    tenant.psql(
        "db-0", "CREATE TABLE t AS SELECT n, md5(n::text) AS word FROM generate_series(1, 5000) n");
    return tenant;
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

  /// Gives the drills another identity (base64) and returns the one before.
  private String useIdentity(String encoded) {
    String before =
        node.kubectl()
            .get("secret", "muster", "muster-drill-identity")
            .at("/data/identity.txt")
            .asText();
    node.kubectl()
        .ok(
            "-n",
            "muster",
            "patch",
            "secret",
            "muster-drill-identity",
            "--type=merge",
            "-p",
            "{\"data\":{\"identity.txt\":\"" + encoded + "\"}}");
    node.kubectl().ok("-n", "muster", "rollout", "restart", "deployment/muster-drill");
    node.kubectl()
        .ok("-n", "muster", "rollout", "status", "deployment/muster-drill", "--timeout=90s");
    return before;
  }
}
