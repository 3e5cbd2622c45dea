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
    namespace("over", Map.of("muster.dev/role", "drill"), NOW.minusSeconds(1).toString());
    namespace("odd", Map.of("muster.dev/role", "drill"), "tomorrow");
    namespace("running", Map.of("muster.dev/role", "drill"), NOW.plusSeconds(1).toString());
    namespace("foreign", Map.of(), NOW.minusSeconds(1).toString());

    reaper.reap();

    assertThat(exists("over")).isFalse();
    assertThat(exists("odd")).isFalse();
    assertThat(exists("running")).isTrue();
    assertThat(exists("foreign")).isTrue();
  }

  @Test
  @Covers("F94")
  void aNewLeaderRemovesEveryDrillsNamespace() {
    namespace("running", Map.of("muster.dev/role", "drill"), NOW.plusSeconds(1).toString());
    namespace("foreign", Map.of(), NOW.minusSeconds(1).toString());

    reaper.reapAll();

    assertThat(exists("running")).isFalse();
    assertThat(exists("foreign")).isTrue();
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
