package dev.muster.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Covers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Drills of one point whose identity, network or own process fails. The tests have all drills for
/// themselves, one after the other: lock by lock, all other drills would come in between.
@SystemTest
@Order(1) // the others wait for these
@ResourceLock(Part.DRILLS)
@ResourceLock(Part.NETWORK)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DrillFaultST {

  private final Node node;
  private final Tenant tenant;

  DrillFaultST(Node node) {
    this.node = node;
    this.tenant = Tenant.database(node.kubectl(), "fault", "{}");
  }

  @BeforeAll
  void makePoint() {
    Backup.ask(node, tenant).sealed();
  }

  @AfterAll
  void end() {
    tenant.close();
  }

  @Test
  @Covers("F80")
  void pointForAnotherKeyIsDisproven() {
    String program = node.environment("MUSTER_AGE_KEYGEN");
    String other = node.shell().run(Duration.ofSeconds(10), "", List.of(program)).orFail();
    String before = useIdentity(Base64.getEncoder().encodeToString(other.getBytes(UTF_8)));
    try {
      JsonNode outcome = Drill.ask(node, tenant).outcome();

      assertThat(outcome.path("outcome").asText()).as(outcome.toString()).isEqualTo("disproven");
      assertThat(outcome.path("step").asText()).isEqualTo("decode");
    } finally {
      useIdentity(before);
    }
  }

  @Test
  @Covers("F93")
  void networkThatIgnoresPoliciesIsNoPlaceForADrill() {
    network("off");
    try {
      JsonNode outcome = Drill.ask(node, tenant).outcome();

      assertThat(outcome.path("outcome").asText()).as(outcome.toString()).isEqualTo("inconclusive");
      assertThat(outcome.path("step").asText()).isEqualTo("isolation");
      assertThat(outcome.path("detail").asText()).contains("network is not isolated");
    } finally {
      network("on");
    }
  }

  @Test
  @Covers("F94")
  void drillThatIsKilledHalfWayIsRunAgainAndLeavesNothing() {
    Drill drill = Drill.ask(node, tenant);
    String first =
        await("the drill's namespace")
            .atMost(Duration.ofMinutes(1))
            .until(this::sandboxes, names -> !names.isEmpty())
            .getFirst();

    JsonNode pod = node.podsOf("drill").getFirst();
    Processes.kill(node, pod, "drill");

    JsonNode outcome = drill.outcome();
    assertThat(outcome.path("outcome").asText()).as(outcome.toString()).isEqualTo("proven");
    await("no namespace of a drill is left")
        .atMost(Duration.ofMinutes(2))
        .until(this::sandboxes, List::isEmpty);
    assertThat(first).startsWith("namespace/muster-drill-");
  }

  private List<String> sandboxes() {
    return node.kubectl()
        .ok("get", "namespaces", "-l", "muster.dev/role=drill", "-o", "name")
        .lines()
        .toList();
  }

  private void network(String state) {
    node.shell()
        .run(Duration.ofMinutes(1), "", List.of("dev/testbed/testbed", "netpol", state))
        .orFail();
  }

  /// Gives the drills another identity (base64) and returns the one before.
  private String useIdentity(String encoded) {
    Kubectl kubectl = node.kubectl();
    String secret = "muster-drill-identity";
    String before = kubectl.get("secret", "muster", secret).at("/data/identity.txt").asText();
    String patch = "{\"data\":{\"identity.txt\":\"" + encoded + "\"}}";
    kubectl.ok("-n", "muster", "patch", "secret", secret, "--type=merge", "-p", patch);
    kubectl.ok("-n", "muster", "rollout", "restart", "deployment/muster-drill");
    node.rolledOut("muster-drill");
    return before;
  }
}
