package dev.muster.auditor.reportobject;

import static dev.muster.auditor.coverage.LineBuilder.line;
import static dev.muster.auditor.coverage.LineBuilder.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.heal.Pace;
import dev.muster.auditor.run.MovedClock;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.Query;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FormerReportsTest {
  private final MovedClock clock = new MovedClock();
  private final FakeCluster cluster = new FakeCluster(clock);
  private final Pace pace = new Pace(Duration.ZERO);
  private boolean leads = true;
  private final FormerReports former = new FormerReports(cluster, () -> leads, pace, clock);

  @BeforeEach
  void written() {
    List.of("muster", "shop", "web").forEach(cluster::namespace);
    for (ReportKind kind : ReportKind.values()) {
      cluster.plain(kind.resource(), List.of());
    }
    var unused =
        new ReportObjects(cluster, "muster", () -> true, pace, clock)
            .write(
                report(clock.instant(), line("shop", "a", "Stale"), line("web", "b", "Stale")),
                name -> true);
  }

  @AfterEach
  void close() {
    pace.close();
  }

  @Test
  void whatMusterWroteIsRemovedOfEitherKind() {
    cluster.create(policyReport("web"));

    assertThat(former.remove()).isEmpty();

    assertThat(cluster.list(OpenReport.class, Query.all())).isEmpty();
    assertThat(cluster.list(PolicyReport.class, Query.all())).isEmpty();
  }

  @Test
  void whatSomebodyElseWroteStays() {
    ReportObject other = policyReport("web");
    other.getMetadata().setName("kyverno");
    ReportObject unlabelled = policyReport("shop");
    unlabelled.getMetadata().setLabels(Map.of());
    cluster.create(other);
    cluster.create(unlabelled);

    assertThat(former.remove()).isEmpty();

    assertThat(cluster.list(PolicyReport.class, Query.all())).hasSize(2);
  }

  @Test
  void oneThatMayNotBeDeletedIsToldAndTheRestGoes() {
    cluster.gate(call -> {
      if (call.verb().equals("delete") && "shop".equals(call.name().namespace())) {
        throw new ClusterException.Conflict("not in shop");
      }
    });

    assertThat(former.remove()).containsExactly("not in shop");
    assertThat(former.remove()).containsExactly("not in shop");
    assertThat(cluster.list(OpenReport.class, Query.all())).hasSize(1);

    cluster.gate(call -> {});
    clock.pass(Duration.ofMinutes(15));
    assertThat(former.remove()).isEmpty();
    assertThat(cluster.list(OpenReport.class, Query.all())).isEmpty();
  }

  @Test
  void aRightThatIsMissingForOneKindIsTold() {
    cluster.plainGate(resource -> {
      if (resource.equals(ReportKind.OPEN_REPORT.resource())) {
        throw new ClusterException.Forbidden("list reports: not allowed");
      }
    });
    cluster.create(policyReport("web"));

    assertThat(former.remove()).containsExactly("list reports: not allowed");
    assertThat(cluster.list(PolicyReport.class, Query.all())).isEmpty();
  }

  @Test
  void onlyTheLeaderRemoves() {
    leads = false;
    assertThat(former.remove()).isEmpty();
    assertThat(cluster.list(OpenReport.class, Query.all())).hasSize(2);

    leads = true;
    assertThat(former.remove()).isEmpty();
    assertThat(cluster.list(OpenReport.class, Query.all())).isEmpty();
  }

  private static ReportObject policyReport(String namespace) {
    return ReportKind.POLICY_REPORT.of(
        namespace, Content.of(List.of(line(namespace, "data", "Stale").build())));
  }
}
