package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.testkit.Covers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@SystemTest
final class SlotST {

  private final Node node;

  SlotST(Node node) {
    this.node = node;
  }

  @Test
  @Covers("F20")
  void twoAuditorsRunASlotOnce() {
    await("two auditors")
        .atMost(Duration.ofMinutes(2))
        .until(() -> node.podsOf("auditor"), pods -> pods.size() == 2);
    try (Tenant tenant = Tenant.create(node.kubectl(), "slot", "baseline")) {
      tenant.apply(Databases.postgres(0, "{muster.dev/schedule: \"* * * * *\"}"));
      tenant.ready();

      List<String> manifests =
          await("two slots sealed")
              .atMost(Duration.ofMinutes(4))
              .pollInterval(Duration.ofSeconds(1))
              .until(() -> Backup.manifestsOf(node, tenant), found -> found.size() >= 2);

      Set<String> slots = new HashSet<>();
      for (String key : manifests) {
        String[] segments = key.split("/", -1);
        String point = segments[segments.length - 2];
        assertThat(slots.add(point.substring(0, point.indexOf('-')))).as(key).isTrue();
      }
    }
  }
}
