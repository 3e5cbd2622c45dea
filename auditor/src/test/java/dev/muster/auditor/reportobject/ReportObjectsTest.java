package dev.muster.auditor.reportobject;

import static dev.muster.auditor.coverage.LineBuilder.line;
import static dev.muster.auditor.coverage.LineBuilder.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.auditor.coverage.LineBuilder;
import dev.muster.auditor.heal.Pace;
import dev.muster.auditor.run.MovedClock;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.ObjectName;
import dev.muster.cluster.Query;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportObjectsTest {

  private final MovedClock clock = new MovedClock();
  private final FakeCluster cluster = new FakeCluster(clock);
  private final Pace pace = new Pace(Duration.ZERO);
  private ReportObjects objects = objects();
  private boolean leads = true;

  @BeforeEach
  void namespaces() {
    List.of("muster", "shop", "web").forEach(cluster::namespace);
  }

  @AfterEach
  void close() {
    pace.close();
  }

  @Test
  void eachNamespaceHasAReportOfItsVolumes() {
    installed(ReportKind.OPEN_REPORT);

    var failed =
        write(
            line("shop", "orders", "Unprotected"),
            line("shop", "data", "Sealed"),
            line("web", "cache", "Excluded"));

    assertThat(failed).isEmpty();
    OpenReport shop = cluster.get(OpenReport.class, name("shop"));
    assertThat(shop.summary()).isEqualTo(new Summary(1, 1, 0, 0, 0));
    assertThat(shop.results()).extracting(Result::result).containsExactly("fail", "pass");
    assertThat(cluster.get(OpenReport.class, name("web")).summary())
        .isEqualTo(new Summary(0, 0, 0, 0, 1));
  }

  @Test
  void nothingIsWrittenWhileNoVerdictChangesAlsoAfterAStart() {
    installed(ReportKind.OPEN_REPORT);
    write(line("shop", "data", "Sealed").points(1, clock.instant()));
    write(line("web", "data", "Stale"), line("shop", "data", "Sealed"));
    int before = writes();

    clock.pass(Duration.ofHours(2));
    write(line("web", "data", "Stale"), line("shop", "data", "Sealed").points(2, clock.instant()));
    objects = objects();
    write(line("web", "data", "Stale"), line("shop", "data", "Sealed"));

    assertThat(writes()).isEqualTo(before);
    write(line("web", "data", "Sealed"), line("shop", "data", "Sealed"));
    assertThat(writes()).isEqualTo(before + 1);
  }

  @Test
  void aReportOfANamespaceWithoutVolumesIsDeleted() {
    installed(ReportKind.OPEN_REPORT);
    write(line("web", "data", "Stale"), line("shop", "data", "Sealed"));

    objects = objects();
    write(line("shop", "data", "Sealed"));

    assertThat(cluster.list(OpenReport.class, Query.all()))
        .extracting(each -> each.getMetadata().getNamespace())
        .containsExactly("shop");
  }

  @Test
  void aReportThatSomebodyDeletedComesBack() {
    installed(ReportKind.OPEN_REPORT);
    write(line("shop", "data", "Sealed"));
    cluster.delete(OpenReport.class, name("shop"));

    clock.pass(Duration.ofMinutes(15));
    write(line("shop", "data", "Sealed"));

    assertThat(cluster.find(OpenReport.class, name("shop"))).isPresent();
  }

  @Test
  void policyReportsAreUsedUntilThereAreOpenReports() {
    installed(ReportKind.POLICY_REPORT);
    write(line("shop", "data", "Sealed"));
    assertThat(cluster.find(PolicyReport.class, name("shop"))).isPresent();

    installed(ReportKind.OPEN_REPORT);
    clock.pass(Duration.ofMinutes(15));
    write(line("shop", "data", "Sealed"));

    assertThat(cluster.find(OpenReport.class, name("shop"))).isPresent();
    assertThat(cluster.find(PolicyReport.class, name("shop"))).isEmpty();
  }

  @Test
  void aServerWithoutReportsIsLeftAloneUntilTheyAreInstalled() {
    assertThat(write(line("shop", "data", "Sealed"))).isEmpty();
    assertThat(writes()).isZero();

    installed(ReportKind.OPEN_REPORT);
    clock.pass(Duration.ofMinutes(15));
    write(line("shop", "data", "Sealed"));

    assertThat(writes()).isOne();
  }

  @Test
  void onlyTheLeaderWrites() {
    installed(ReportKind.OPEN_REPORT);
    leads = false;
    write(line("shop", "data", "Sealed"));
    assertThat(writes()).isZero();

    leads = true;
    write(line("shop", "data", "Sealed"));
    assertThat(writes()).isOne();
  }

  @Test
  void whatAnotherLeaderWroteMeanwhileIsLookedAtAgain() {
    installed(ReportKind.OPEN_REPORT);
    write(line("shop", "data", "Sealed"));
    leads = false;
    write(line("shop", "data", "Sealed"));
    cluster.apply(
        ReportKind.OPEN_REPORT.of(
            "shop", Content.of(List.of(line("shop", "data", "Stale").build()))));

    leads = true;
    write(line("shop", "data", "Sealed"));

    assertThat(cluster.get(OpenReport.class, name("shop")).summary())
        .isEqualTo(new Summary(1, 0, 0, 0, 0));
  }

  @Test
  void volumesOfNoNamespaceAreToldInMustersOwn() {
    installed(ReportKind.OPEN_REPORT);

    write(
        line("", "pv-1", "Unprotected").volume("PersistentVolume"),
        line("gone", "pv-2", "Unprotected").volume("PersistentVolume"));

    assertThat(cluster.get(OpenReport.class, name("muster")).results())
        .flatExtracting(Result::resources)
        .containsExactly(
            new Reference("v1", "PersistentVolume", "", "pv-1"),
            new Reference("v1", "PersistentVolume", "", "pv-2"));
  }

  @Test
  void oneRefusedReportKeepsNoOtherAway() {
    installed(ReportKind.OPEN_REPORT);
    cluster.gate(call -> {
      if (call.verb().equals("create") && "shop".equals(call.name().namespace())) {
        throw new ClusterException.Rejected(
            ClusterException.Rejected.Reason.ADMISSION, "no reports in shop");
      }
    });

    assertThat(write(line("shop", "data", "Sealed"), line("web", "data", "Sealed")))
        .containsExactly("no reports in shop");
    assertThat(cluster.find(OpenReport.class, name("web"))).isPresent();

    cluster.gate(call -> {});
    assertThat(write(line("shop", "data", "Sealed"), line("web", "data", "Sealed"))).isEmpty();
    assertThat(cluster.find(OpenReport.class, name("shop"))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneThatMayNotBeDeletedKeepsNoOtherAway(boolean forbidden) {
    installed(ReportKind.OPEN_REPORT);
    write(line("muster", "a", "Stale"), line("shop", "b", "Stale"), line("web", "c", "Stale"));
    cluster.gate(refusing(forbidden, OpenReport.class));

    assertThat(write(line("web", "c", "Sealed"))).containsExactly("not in muster");
    assertThat(cluster.find(OpenReport.class, name("shop"))).isEmpty();
    assertThat(cluster.find(OpenReport.class, name("muster"))).isPresent();
    assertThat(cluster.get(OpenReport.class, name("web")).summary())
        .isEqualTo(new Summary(1, 0, 0, 0, 0));

    cluster.gate(call -> {});
    assertThat(write(line("web", "c", "Sealed"))).isEmpty();
    assertThat(cluster.find(OpenReport.class, name("muster"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anOldReportThatMayNotBeDeletedKeepsNoNewOneAway(boolean forbidden) {
    installed(ReportKind.POLICY_REPORT);
    write(line("muster", "a", "Stale"), line("shop", "b", "Stale"));
    installed(ReportKind.OPEN_REPORT);
    cluster.gate(refusing(forbidden, PolicyReport.class));

    clock.pass(Duration.ofMinutes(15));

    for (int round = 0; round < 2; round++) {
      assertThat(write(line("muster", "a", "Stale"), line("shop", "b", "Stale")))
          .containsExactly("not in muster");
    }
    assertThat(cluster.find(OpenReport.class, name("muster"))).isPresent();
    assertThat(cluster.find(OpenReport.class, name("shop"))).isPresent();
    assertThat(cluster.find(PolicyReport.class, name("shop"))).isEmpty();

    cluster.gate(call -> {});
    clock.pass(Duration.ofMinutes(15));
    assertThat(write(line("muster", "a", "Stale"), line("shop", "b", "Stale"))).isEmpty();
    assertThat(cluster.find(PolicyReport.class, name("muster"))).isEmpty();
  }

  private static Consumer<FakeCluster.Call> refusing(
      boolean forbidden, Class<? extends ReportObject> kind) {
    return call -> {
      if (call.verb().equals("delete")
          && call.kind() == kind
          && "muster".equals(call.name().namespace())) {
        throw forbidden
            ? new ClusterException.Forbidden("not in muster")
            : new ClusterException.Conflict("not in muster");
      }
    };
  }

  @Test
  void aMissingRightEndsTheRoundAtTheFirstWrite() {
    installed(ReportKind.OPEN_REPORT);
    cluster.gate(call -> {
      if (call.verb().equals("create")) {
        throw new ClusterException.Forbidden("create reports: not allowed");
      }
    });

    assertThatThrownBy(() -> write(line("shop", "data", "Sealed"), line("web", "d", "Sealed")))
        .hasMessage("create reports: not allowed");
    assertThat(writes()).isOne();
  }

  private List<String> write(LineBuilder... lines) {
    return objects.write(
        report(clock.instant(), lines), name -> List.of("muster", "shop", "web").contains(name));
  }

  private ReportObjects objects() {
    return new ReportObjects(cluster, "muster", () -> leads, pace, clock);
  }

  private void installed(ReportKind kind) {
    cluster.plain(kind.resource(), List.of());
  }

  private int writes() {
    return (int)
        cluster.calls().stream()
            .filter(call -> ReportObject.class.isAssignableFrom(call.kind()))
            .filter(call -> !call.verb().equals("get") && !call.verb().equals("list"))
            .count();
  }

  private static ObjectName name(String namespace) {
    return ObjectName.in(namespace, ReportObject.NAME);
  }
}
