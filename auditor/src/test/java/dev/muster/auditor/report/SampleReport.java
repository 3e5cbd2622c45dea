package dev.muster.auditor.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;

import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.coverage.CoverageReport.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// A cluster as there are many: a shop, some teams, several tools, a volume in each state.
final class SampleReport {
  private final List<Volume> volumes = new ArrayList<>();

  private SampleReport() {}

  static CoverageReport report() {
    SampleReport sample = new SampleReport();
    sample.shop();
    sample.teams();
    sample.platform();
    List<Line> lines =
        sample.volumes.stream()
            .map(Volume::line)
            .sorted(
                Comparator.<Line>comparingInt(line -> Coverage.WORST_FIRST.indexOf(line.verdict()))
                    .thenComparing(Line::namespace)
                    .thenComparing(Line::name))
            .toList();
    return new CoverageReport(
        "production-eu",
        Volume.NOW,
        true,
        lines,
        List.of(
            "backups.longhorn.io cannot be read (forbidden): grant list, or volumes without a point"
                + " stay Unknown"));
  }

  /// Three months in which teams moved under protection.
  static List<TrendPoint> trend(CoverageReport now) {
    List<TrendPoint> points = new ArrayList<>();
    Map<String, Integer> last = now.counts();
    for (int week = 12; week > 0; week--) {
      Map<String, Integer> counts = new TreeMap<>(last);
      counts.merge("Proven", -(week * 7 / 12), Integer::sum);
      counts.merge("Verified", -(week / 4), Integer::sum);
      counts.merge("Sealed", -(week / 3), Integer::sum);
      counts.merge("Unprotected", week * 2 / 3 - week % 2, Integer::sum);
      counts.merge("IntentOnly", week / 4, Integer::sum);
      counts.merge("Stale", week == 5 ? 4 : week % 2, Integer::sum);
      points.add(new TrendPoint(now.at().minus(ofDays(7L * week)), counts));
    }
    points.add(new TrendPoint(now.at(), last));
    return points;
  }

  private void shop() {
    for (int i = 0; i < 3; i++) {
      proven(add("shop", "data-orders-" + i).of("StatefulSet/orders", "postgresql"), ofHours(2));
    }
    proven(add("shop", "data-catalogue-0").of("StatefulSet/catalogue", "mariadb"), ofHours(5));
    verified(add("shop", "data-sessions-0").of("StatefulSet/sessions", "redis"), ofMinutes(40));
    sealed(
        add("shop", "uploads").of("Deployment/storefront", ""),
        ofHours(7),
        "Velero PodVolumeBackup/shop-daily-x7k2p");
    sealed(
        add("shop", "invoices").of("Deployment/invoicing", ""),
        ofHours(7),
        "Velero PodVolumeBackup/shop-daily-9qw4m");
    failing(add("shop", "data-search-0").of("StatefulSet/search", "elasticsearch"));
    add("shop", "image-cache")
        .of("Deployment/storefront", "")
        .is("Excluded", "excluded", "the workload says that this volume needs no protection", "");
  }

  private void teams() {
    for (String team : List.of("billing", "identity", "fulfilment")) {
      proven(add(team, "data-db-0").of("StatefulSet/db", "postgresql"), ofHours(3));
      verified(add(team, "data-db-1").of("StatefulSet/db", "postgresql"), ofHours(3));
      sealed(
          add(team, "documents").of("Deployment/" + team, ""),
          ofHours(11),
          "K8up Snapshot/7f3a91c2");
    }
    stale(add("billing", "ledger-archive").of("Deployment/ledger", ""), ofDays(9));
    stale(add("fulfilment", "data-routes-0").of("StatefulSet/routes", "mongodb"), ofHours(49));
    add("identity", "data-audit-0").of("StatefulSet/audit-log", "kafka");
    add("fulfilment", "scanner-spool").of("Deployment/scanner", "");
    add("fulfilment", "db/tmp")
        .kind("emptyDir")
        .storage(null, "")
        .of("Deployment/label-db", "mysql")
        .is(
            "Unprotected",
            "not-a-claim",
            "data on a volume that is no claim",
            "move the data to a claim, or exclude the volume");
    add("billing", "data-warehouse-0")
        .of("StatefulSet/warehouse", "clickhouse")
        .plan("daily", ofHours(24))
        .problems("muster.dev/rpo: \"1 day\" is no duration: say 24h")
        .is(
            "Unprotected",
            "invalid-contract",
            "invalid contract",
            "correct the values that are named; muster explain shows them");
    waived(add("identity", "load-test-data").of("Deployment/load-test", ""));
  }

  private void platform() {
    sealed(
        add("monitoring", "prometheus-0").of("StatefulSet/prometheus", ""),
        ofHours(19),
        "VolSync ReplicationSource/prometheus");
    sealed(
        add("registry", "registry-storage").of("Deployment/registry", "").storage("bulk", "500Gi"),
        ofHours(6),
        "Velero DataUpload/platform-b2nq8");
    sealed(
        add("git", "data-gitea-0").of("StatefulSet/gitea", "").storage("bulk", "200Gi"),
        ofHours(6),
        "Velero DataUpload/platform-c81xz");
    proven(add("git", "data-gitea-db-0").of("StatefulSet/gitea-db", "postgresql"), ofHours(1));
    intent(add("monitoring", "loki-0").of("StatefulSet/loki", ""));
    intent(add("mail", "spool").of("StatefulSet/postfix", ""));
    waived(add("monitoring", "thanos-cache-0").of("StatefulSet/thanos", ""));
    add("mail", "archive")
        .storage("longhorn", "80Gi")
        .of("Deployment/archive", "")
        .is(
            "Unknown",
            "evidence-gap",
            "another tool's objects cannot be read, and no other recovery point is known",
            "grant list on the resources that the report names under gaps");
    volumes.add(
        Volume.named("registry", "registry-2024")
            .kind("PersistentVolume")
            .storage("bulk", "50Gi")
            .bound("registry-2024", "Retain", ofDays(400)));
  }

  private Volume add(String namespace, String name) {
    UUID id = UUID.nameUUIDFromBytes((namespace + name).getBytes(UTF_8));
    Volume volume =
        Volume.named(namespace, name)
            .plan("daily", ofHours(24))
            .bound("pvc-" + id, "Delete", ofDays(210))
            .owned(
                "Helm release %s/%s".formatted(namespace, namespace),
                "Argo CD application " + namespace);
    volumes.add(volume);
    return volume;
  }

  private static void proven(Volume volume, Duration age) {
    volume
        .points(31, age, "Muster")
        .verified(age)
        .proven(ofDays(2))
        .is("Proven", "drill-passed", "a drill restored a recovery point within its promise", "");
  }

  private static void verified(Volume volume, Duration age) {
    volume
        .points(30, age, "Muster")
        .verified(age)
        .is(
            "Verified",
            "read-back",
            "the newest recovery point of Muster was read back in full",
            "run a drill: muster drill");
  }

  private static void sealed(Volume volume, Duration age, String of) {
    volume
        .points(14, age, of)
        .is("Sealed", "committed", "the newest recovery point is committed", "");
  }

  private static void stale(Volume volume, Duration age) {
    volume
        .points(12, age, "Muster")
        .is(
            "Stale",
            "stale",
            "the newest recovery point is older than its promise",
            "see why no run was due or started");
  }

  private static void failing(Volume volume) {
    volume
        .points(9, ofHours(31), "Muster")
        .proven(ofDays(16))
        .failed(ofHours(3), "DumpFailed", "exit code 1: snapshot repository [backup] missing")
        .is(
            "Failing",
            "failing",
            "the last attempt failed and the newest recovery point is older than its promise",
            "kubectl describe the workload: its Events tell the reason of the last attempt");
  }

  private static void intent(Volume volume) {
    volume.is(
        "IntentOnly",
        "intent-of-others",
        "another tool's object names it, but there is no recovery point",
        "see why the other tool has made no recovery point");
  }

  private static void waived(Volume volume) {
    volume.is(
        "Waived", "waived", "its owner accepts the risk and the configuration approves it", "");
  }
}
