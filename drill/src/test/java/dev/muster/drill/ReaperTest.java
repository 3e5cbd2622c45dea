package dev.muster.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.ObjectName;
import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReaperTest {
  private static final Instant NOW = Samples.SLOT;

  private final FakeCluster cluster = new FakeCluster(InstantSource.fixed(NOW));
  private final Reaper reaper = new Reaper(cluster, InstantSource.fixed(NOW));

  @Test
  @Covers("F94")
  void namespacesThatOutliveTheirDrillAreRemoved() {
    namespace(
        "muster-drill-over", Map.of("muster.dev/role", "drill"), NOW.minusSeconds(1).toString());
    namespace("muster-drill-odd", Map.of("muster.dev/role", "drill"), "tomorrow");
    namespace(
        "muster-drill-running", Map.of("muster.dev/role", "drill"), NOW.plusSeconds(1).toString());
    namespace("foreign", Map.of(), NOW.minusSeconds(1).toString());

    reaper.reap();

    assertThat(exists("muster-drill-over")).isFalse();
    assertThat(exists("muster-drill-odd")).isFalse();
    assertThat(exists("muster-drill-running")).isTrue();
    assertThat(exists("foreign")).isTrue();
  }

  @Test
  @Covers("F94")
  void aNewLeaderRemovesEveryDrillsNamespace() {
    namespace(
        "muster-drill-running", Map.of("muster.dev/role", "drill"), NOW.plusSeconds(1).toString());
    namespace("foreign", Map.of(), NOW.minusSeconds(1).toString());
    namespace("mislabelled", Map.of("muster.dev/role", "drill"), NOW.toString());

    reaper.reapAll();

    assertThat(exists("muster-drill-running")).isFalse();
    assertThat(exists("foreign")).isTrue();
    assertThat(exists("mislabelled")).isTrue();
  }

  private void namespace(String name, Map<String, String> labels, String expires) {
    cluster.create(
        new NamespaceBuilder()
            .withNewMetadata()
            .withName(name)
            .withLabels(labels)
            .withAnnotations(Map.of(SandboxObjects.EXPIRES, expires))
            .endMetadata()
            .build());
  }

  private boolean exists(String name) {
    return cluster.find(Namespace.class, ObjectName.global(name)).isPresent();
  }
}
