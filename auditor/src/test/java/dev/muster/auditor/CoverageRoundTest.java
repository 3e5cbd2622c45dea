package dev.muster.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.contract.ClusterView;
import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.evidence.OtherTools;
import dev.muster.auditor.run.MovedClock;
import dev.muster.cluster.Change;
import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.http.Metrics;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

  @Test
  void anObjectThatCannotBeReadIsNamedUntilItCanOrIsGone() {
    MovedClock clock = new MovedClock();
    FakeCluster cluster = new FakeCluster(clock);
    CoverageRound round = round(cluster, clock);
    try (ClusterView view = ClusterView.open(cluster, unheard -> {})) {
      round.changed(new Change.Present<>(odd("data"), Optional.empty()));
      round.changed(new Change.Present<>(odd("other"), Optional.empty()));
      round.judge(view);
      assertThat(round.latest().orElseThrow().gaps())
          .hasSize(2)
          .first()
          .asString()
          .startsWith("PersistentVolumeClaim shop/data cannot be read (/metadata/ownerReferences:");

      PersistentVolumeClaim even = odd("data");
      even.getMetadata().setAdditionalProperties(Map.of());
      round.changed(new Change.Present<>(even, Optional.empty()));
      round.judge(view);
      assertThat(round.latest().orElseThrow().gaps()).singleElement().asString().contains("other");
      assertThat(round.latest().orElseThrow().volumes()).hasSize(1);

      round.changed(new Change.Gone<>(odd("other")));
      round.judge(view);
      assertThat(round.latest().orElseThrow().gaps()).isEmpty();
    }
  }

  @Test
  void ofManyObjectsThatCannotBeReadSomeAreNamedAndTheRestIsCounted() {
    MovedClock clock = new MovedClock();
    FakeCluster cluster = new FakeCluster(clock);
    CoverageRound round = round(cluster, clock);
    try (ClusterView view = ClusterView.open(cluster, unheard -> {})) {
      for (int i = 0; i < 23; i++) {
        round.changed(new Change.Present<>(odd("data-" + i), Optional.empty()));
      }
      round.judge(view);

      assertThat(round.latest().orElseThrow().gaps())
          .hasSize(21)
          .last()
          .asString()
          .startsWith("3 more objects");
    }
  }

  /// Of a shape that no server gives.
  private static PersistentVolumeClaim odd(String name) {
    PersistentVolumeClaim claim =
        new PersistentVolumeClaimBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName(name)
            .endMetadata()
            .build();
    claim.getMetadata().setAdditionalProperty("ownerReferences", "nobody");
    return claim;
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
