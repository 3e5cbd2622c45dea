package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Covers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// Measures time, so nothing else may run.
@SystemTest
@Isolated
final class OptOutST {

  private final Node node;

  OptOutST(Node node) {
    this.node = node;
  }

  @Test
  @Covers("B9")
  void optOutOnTheSetAloneLeavesNoHookOnItsPod() {
    String waiver =
        """
        {muster.dev/protect: "false", muster.dev/waiver-owner: team-a,
         muster.dev/waiver-reason: rebuilt from events, muster.dev/waiver-until: "%s"}\
        """
            .formatted(Times.inDays(60));
    try (Tenant tenant = Tenant.create(node.kubectl(), "optout", "baseline")) {
      tenant.apply(Databases.postgres(0, waiver.replace("\n", "")));

      JsonNode pod =
          await("the Pod has no hook 10 s after its start")
              .atMost(Duration.ofSeconds(60))
              .until(
                  () -> tenant.get("pod", "db-0"),
                  it -> it.at("/status/startTime").isTextual() && !hooked(it));
      assertThat(Times.sinceStart(pod)).isLessThan(Duration.ofSeconds(10));
      await("and is not given one again")
          .during(Duration.ofSeconds(2))
          .until(() -> !hooked(tenant.get("pod", "db-0")));
    }
  }

  private static boolean hooked(JsonNode pod) {
    return pod.at("/metadata/annotations").has("muster.dev/hooks");
  }
}
