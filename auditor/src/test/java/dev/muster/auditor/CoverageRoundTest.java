package dev.muster.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.contract.ClusterView;
import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.evidence.OtherTools;
import dev.muster.auditor.run.MovedClock;
import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.http.Metrics;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CoverageRoundTest {

  @Test
  void aChangeThatNobodyToldIsSeenWithinAQuarterOfAnHour() {
    MovedClock clock = new MovedClock();
    FakeCluster cluster = new FakeCluster(clock);
    CoverageRound round = round(cluster, clock);
    try (ClusterView view = ClusterView.open(cluster, unheard -> {})) {
      round.judge(view);
      cluster.create(
          new NamespaceBuilder().withNewMetadata().withName("shop").endMetadata().build());
      cluster.create(
          new PersistentVolumeClaimBuilder()
              .withNewMetadata()
              .withNamespace("shop")
              .withName("data")
              .endMetadata()
              .build());

      clock.pass(Duration.ofMinutes(14));
      round.judge(view);
      assertThat(round.latest().orElseThrow().volumes()).isEmpty();

      clock.pass(Duration.ofMinutes(1));
      round.judge(view);
      assertThat(round.latest().orElseThrow().volumes()).hasSize(1);
    }
  }

  @Test
  void otherToolsAreAskedEveryFiveMinutes() {
    MovedClock clock = new MovedClock();
    FakeCluster cluster = new FakeCluster(clock);
    AtomicInteger asked = new AtomicInteger();
    cluster.plain(new GroupVersionResource("velero.io", "v1", "podvolumebackups"), List.of());
    cluster.plainGate(resource -> {
      if (resource.plural().equals("podvolumebackups")) {
        asked.incrementAndGet();
      }
    });
    CoverageRound round = round(cluster, clock);
    try (ClusterView view = ClusterView.open(cluster, round::changed)) {
      round.judge(view);
      clock.pass(Duration.ofMinutes(4));
      round.judge(view);
      assertThat(asked).hasValue(1);

      clock.pass(Duration.ofMinutes(1));
      round.judge(view);
      assertThat(asked).hasValue(2);
      assertThat(round.latest()).isPresent();
    }
  }

  private static CoverageRound round(FakeCluster cluster, MovedClock clock) {
    Coverage coverage =
        Coverage.of(
            Policies.CONFIGURATION,
            Policies.PROFILES,
            Policies.ENGINE,
            "c0ffee00-0000-4000-8000-000000000001",
            Optional.empty(),
            List.of(),
            clock);
    return new CoverageRound(
        coverage,
        new OtherTools(cluster, Policies.CONFIGURATION.evidence(), clock),
        clock,
        Metrics.ofProcess());
  }
}
