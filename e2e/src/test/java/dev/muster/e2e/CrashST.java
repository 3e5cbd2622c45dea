package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Covers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// kill -9 in the middle of a run.
@SystemTest
@Needs(Part.AUDITORS)
final class CrashST {

  private final Node node;

  CrashST(Node node) {
    this.node = node;
  }

  @ParameterizedTest
  @CsvSource({"dump-main, DumpFailed", "mover, MoverFailed"})
  @Covers("F19")
  void killedContainerLeavesThePointAbsentWithAReason(String container, String reason) {
    try (Tenant tenant = Tenant.listener(node.kubectl(), "crash", "endless")) {
      Backup backup = Backup.ask(node, tenant);
      JsonNode pod = backup.runningPod();

      Processes.kill(node, pod, container);

      assertThat(backup.failed(Duration.ofMinutes(1)).path("reason").asText()).isEqualTo(reason);
      assertThat(backup.manifests()).isEmpty();
      await("the failed attempt's Pod ends")
          .atMost(Duration.ofMinutes(1))
          .until(() -> backup.pods().stream().noneMatch(CrashST::runs));
    }
  }

  @Test
  @Covers({"F18", "F19", "F31"})
  @ResourceLock(Part.AUDITORS)
  void newLeaderTakesUpWhatTheKilledOneLeft() {
    try (Tenant endless = Tenant.listener(node.kubectl(), "adopted", "endless");
        Tenant patient = Tenant.listener(node.kubectl(), "ended", "patient")) {
      Backup failing = Backup.ask(node, endless);
      Backup ending = Backup.ask(node, patient);
      JsonNode dump = failing.runningPod();
      ending.runningPod();

      for (JsonNode auditor : node.podsOf("auditor")) {
        Processes.kill(node, auditor, "auditor");
      }
      Processes.kill(node, dump, "dump-main");
      assertThat(ending.manifests()).isEmpty();

      JsonNode failure = failing.failed(Duration.ofMinutes(2));
      assertThat(failure.path("reason").asText()).isEqualTo("DumpFailed");
      assertThat(failing.manifests()).isEmpty();
      assertThat(ending.sealed().path("streams")).hasSize(1);
      assertThat(ending.manifests()).hasSize(1);
    }
  }

  private static boolean runs(JsonNode pod) {
    return pod.at("/status/phase").asText().equals("Running");
  }
}
