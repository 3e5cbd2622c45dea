package dev.muster.auditor.reportobject;

import static dev.muster.auditor.coverage.LineBuilder.line;
import static dev.muster.auditor.coverage.LineBuilder.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.coverage.LineBuilder;
import dev.muster.auditor.heal.Pace;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.Connection;
import dev.muster.cluster.ObjectName;
import dev.muster.cluster.Query;
import dev.muster.testkit.LightBed;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real API server with both kinds, asked with the rights that the chart grants for it and no
/// others. What was written is read from the server's audit log.
class ReportObjectsIT {

  private static final LightBed BED = LightBed.shared();
  private static final String OWN = "told-muster";
  private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");
  private static final Pattern WRITE =
      Pattern.compile(
          "\"verb\":\"(create|update|patch|delete)\".*\"resource\":\"(policy)?reports\"");
  private static final Cluster ADMIN = Connection.from(BED.kubeconfig()).open();

  @TempDir private static Path folder;
  private static Cluster cluster = ADMIN;

  @BeforeAll
  static void auditorWithTheRightsOfTheChart() throws IOException {
    for (String name : List.of(OWN, "told-shop", "told-web")) {
      ADMIN.create(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build());
    }
    ADMIN.create(
        new ServiceAccountBuilder()
            .withNewMetadata()
            .withNamespace(OWN)
            .withName("muster-auditor")
            .endMetadata()
            .build());
    BED.kubectl(
        "apply", "-f", Files.writeString(folder.resolve("rights.yaml"), rights()).toString());
    BED.kubectl("apply", "-f", Path.of("src/test/resources/report-kinds.yaml").toString());
    BED.kubectl(
        "wait",
        "--for=condition=Established",
        "--timeout=60s",
        "crd/reports.openreports.io",
        "crd/policyreports.wgpolicyk8s.io");
    String token = BED.kubectl("create", "token", "muster-auditor", "-n", OWN).strip();
    String admin = Files.readString(BED.kubeconfig());
    String auditor =
        admin
            .replaceFirst("client-certificate-data: .*", "token: " + token)
            .replaceFirst(" *client-key-data: .*", "");
    cluster =
        Connection.from(Files.writeString(folder.resolve("auditor.kubeconfig"), auditor)).open();
  }

  @AfterAll
  static void close() {
    cluster.close();
    ADMIN.close();
  }

  @BeforeEach
  void noReports() {
    BED.kubectl("delete", "reports.openreports.io,policyreports.wgpolicyk8s.io", "-A", "--all");
  }

  @Test
  void nothingIsWrittenWhileNoVerdictChangesAlsoAfterAStart() throws Exception {
    LineBuilder[] lines = {
      line("told-web", "cache", "Stale").workload("Deployment/web"),
      line("told-shop", "data-db-1", "Unprotected").volume("template").workload("StatefulSet/db"),
      line("told-shop", "data", "Sealed").points(1, NOW)
    };
    CoverageReport report = report(NOW, lines);
    ReportObjects objects = objects();
    int before = writes();

    assertThat(write(objects, report)).isEmpty();
    assertThat(writes(before + 2)).isEqualTo(before + 2);
    assertThat(write(objects, report(NOW.plusSeconds(60), lines))).isEmpty();
    assertThat(write(objects(), report(NOW.plusSeconds(99), lines))).isEmpty();

    ReportObject stored = ADMIN.get(OpenReport.class, name("told-shop"));
    assertThat(stored.results()).isEqualTo(Content.of(shop(report)).results());
    assertThat(stored.summary()).isEqualTo(new Summary(1, 1, 0, 0, 0));
    assertThat(stored.scope()).isEqualTo(Reference.namespace("told-shop"));

    assertThat(write(objects, report(NOW, lines[0]))).isEmpty();
    // Whatever was written before is in the log by then.
    assertThat(writes(before + 3)).as("one is deleted and none was written").isEqualTo(before + 3);
    assertThat(ADMIN.find(OpenReport.class, name("told-shop"))).isEmpty();
  }

  @Test
  void theLargestReportIsTakenByTheServer() {
    CoverageReport large =
        report(
            NOW,
            IntStream.range(0, 5000)
                .mapToObj(i -> line("told-shop", "v" + i, "Unprotected").message("m".repeat(900)))
                .toArray(LineBuilder[]::new));

    assertThat(write(objects(), large)).isEmpty();

    ReportObject stored = ADMIN.get(OpenReport.class, name("told-shop"));
    assertThat(stored.results().getLast().rule()).isEqualTo("left-out");
    assertThat(stored.summary()).isEqualTo(new Summary(0, 5000, 1, 0, 0));
  }

  @Test
  void policyReportsAreWrittenLikewise() {
    Content content = Content.of(List.of(line("told-web", "data", "Waived").build()));

    var unused = cluster.apply(ReportKind.POLICY_REPORT.of("told-web", content));

    assertThat(ADMIN.get(PolicyReport.class, name("told-web")).results())
        .isEqualTo(content.results());
    assertThat(cluster.listMetadata(ReportKind.POLICY_REPORT.resource(), ReportObject.LABELS))
        .hasValueSatisfying(
            found -> assertThat(found).extracting(ReportObject::digest).contains(content.digest()));
    cluster.delete(PolicyReport.class, name("told-web"));
    assertThat(ADMIN.find(PolicyReport.class, name("told-web"))).isEmpty();
  }

  @Test
  void whatWasWrittenIsRemovedOnceNobodyWantsIt() {
    Content content = Content.of(List.of(line("told-web", "data", "Waived").build()));
    ReportObject other = ReportKind.POLICY_REPORT.of("told-web", content);
    other.getMetadata().setName("somebody-elses");
    other.getMetadata().setLabels(Map.of());
    ADMIN.create(other);
    var policyReport = cluster.apply(ReportKind.POLICY_REPORT.of("told-web", content));
    write(objects(), report(NOW, line("told-shop", "a", "Stale"), line("told-web", "b", "Stale")));

    assertThat(
            new FormerReports(cluster, () -> true, new Pace(Duration.ZERO), InstantSource.system())
                .remove())
        .isEmpty();

    assertThat(ADMIN.list(OpenReport.class, Query.all())).isEmpty();
    assertThat(ADMIN.list(PolicyReport.class, Query.all()))
        .extracting(each -> each.getMetadata().getName())
        .containsExactly("somebody-elses")
        .doesNotContain(policyReport.getMetadata().getName());
  }

  @Test
  void theRightsReachNothingElse() {
    assertThatThrownBy(
            () -> cluster.delete(PolicyReport.class, ObjectName.in("told-web", "somebody-elses")))
        .isInstanceOf(ClusterException.Forbidden.class);
    assertThatThrownBy(() ->
            cluster.create(
                new ConfigMapBuilder()
                    .withNewMetadata()
                    .withNamespace("told-web")
                    .withName("one")
                    .endMetadata()
                    .build()))
        .isInstanceOf(ClusterException.Forbidden.class);
  }

  private static List<CoverageReport.Line> shop(CoverageReport report) {
    return report.volumes().stream().filter(l -> l.namespace().equals("told-shop")).toList();
  }

  private static List<String> write(ReportObjects objects, CoverageReport report) {
    return objects.write(report, name -> true);
  }

  private static ReportObjects objects() {
    return new ReportObjects(
        cluster, OWN, () -> true, new Pace(Duration.ZERO), InstantSource.system());
  }

  private static ObjectName name(String namespace) {
    return ObjectName.in(namespace, ReportObject.NAME);
  }

  /// The log may lag behind an answer.
  private static int writes(int wanted) throws IOException, InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int tries = 0; tries < 100 && writes() < wanted; tries++) {
      var unused = never.await(100, TimeUnit.MILLISECONDS);
    }
    return writes();
  }

  /// By the auditor's identity.
  private static int writes() throws IOException {
    try (Stream<String> log = Files.lines(BED.kubeconfig().resolveSibling("logs/audit.log"))) {
      return (int)
          log.filter(line -> line.contains("muster-auditor"))
              .filter(line -> WRITE.matcher(line).find())
              .count();
    }
  }

  /// The ClusterRole of the chart's default values, bound as there.
  private static String rights() throws IOException {
    String rendered = Files.readString(Path.of("../charts/renders/default/rendered.yaml"));
    String role =
        Stream.of(rendered.split("\n---\n"))
            .filter(each -> each.contains("name: muster-auditor-report"))
            .reduce("", (one, other) -> one + "\n---\n" + other);
    assertThat(role).contains("kind: ClusterRole\n", "kind: ClusterRoleBinding\n");
    return role.replace("namespace: muster }", "namespace: " + OWN + " }");
  }
}
