package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Covers;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/// What users of the cluster see of the webhook's own restarts, at fifty reviews a second. Runs
/// after all others: beside anything else a node of two cores has nothing left to measure with.
@SystemTest
@Tag("alone")
@ResourceLock(Part.WEBHOOK)
final class RolloutST {

  private final Node node;

  RolloutST(Node node) {
    this.node = node;
  }

  @Test
  @Covers({"F7", "O1", "O3", "O4", "A14"})
  void rollingRestartEndsNoEnforcement() throws Exception {
    try (Tenant tenant = enforced();
        AdmissionLoad load = AdmissionLoad.on(node, tenant.namespace)) {
      node.kubectl().ok("-n", "muster", "rollout", "restart", "deployment/muster-webhook");
      node.rolledOut("muster-webhook");
      await("those before have ended")
          .atMost(Duration.ofMinutes(1))
          .until(() -> node.podsOf("webhook").size() == 2);

      AdmissionLoad.Result result = load.end();

      assertThat(result.refused()).isEmpty();
      assertThat(result.unjudged()).as("of %s", result).isZero();
      assertThat(result.judged()).isGreaterThan(250);
    }
  }

  @Test
  @Covers({"F1", "W1"})
  void killOfOneWebhookHindersNoRequest() throws Exception {
    try (Tenant tenant = enforced();
        AdmissionLoad load = AdmissionLoad.on(node, tenant.namespace)) {
      JsonNode victim = node.podsOf("webhook").getFirst();
      String name = victim.at("/metadata/name").asText();
      Processes.kill(node, victim, "webhook");
      await("the killed one is back")
          .atMost(Duration.ofMinutes(2))
          .until(() -> isBack(victim, node.kubectl().get("pod", "muster", name)));

      AdmissionLoad.Result result = load.end();

      assertThat(result.refused()).isEmpty();
      assertThat(result.judged()).isPositive();
    }
  }

  /// Where both stages are asked about each object.
  private Tenant enforced() {
    Tenant tenant = Tenant.create(node.kubectl(), "load", "baseline");
    node.kubectl().ok("label", "namespace", tenant.namespace, "muster.dev/enforce=enforce");
    return tenant;
  }

  private static boolean isBack(JsonNode before, JsonNode pod) {
    String restarts = "/status/containerStatuses/0/restartCount";
    return pod.at(restarts).asInt() > before.at(restarts).asInt()
        && pod.at("/status/containerStatuses/0/ready").asBoolean();
  }
}
