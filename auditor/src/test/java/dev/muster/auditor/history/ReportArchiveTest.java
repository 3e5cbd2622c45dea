package dev.muster.auditor.history;

import static dev.muster.auditor.coverage.LineBuilder.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.report.TrendPoint;
import dev.muster.auditor.run.MovedClock;
import dev.muster.model.Cron;
import dev.muster.model.WorkloadKey;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Digests;
import dev.muster.repository.Json;
import dev.muster.repository.Keys;
import dev.muster.repository.ListedObject;
import dev.muster.repository.StoreException;
import dev.muster.repository.memory.MemoryBackupStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The clock begins on 1 November at 02:00.
class ReportArchiveTest {

  private static final String FIRST = "reports/c1/20261101T010000Z/";

  private static final WorkloadKey JITTER = WorkloadKey.of("Cluster", "", "c1");

  private final MovedClock clock = new MovedClock();
  private final MemoryBackupStore store = new MemoryBackupStore(clock);
  private final Keys keys = new Keys("c1");
  private final ReportArchive archive = archive(store);
  private final History history = new History(store, keys, clock);

  @Test
  void eachSlotHasOneReportAndItsCounts() throws IOException {
    assertThat(archive.keep(report("Sealed"))).isTrue();
    assertThat(archive.keep(report("Stale"))).isFalse();
    assertThat(archive(store).keep(report("Stale"))).as("after a start").isFalse();

    assertThat(stored()).containsExactly(FIRST + "counts.json", FIRST + "report.json.gz");
    JsonNode counts = json(store.get(FIRST + "counts.json", 4096).orElseThrow());
    byte[] packed = store.get(FIRST + "report.json.gz", 4096).orElseThrow();
    assertThat(counts.path("formatVersion").asInt()).isEqualTo(1);
    assertThat(counts.path("at").asText()).isEqualTo("2026-11-01T02:00:00Z");
    assertThat(counts.path("counts")).hasToString("{\"Sealed\":2}");
    assertThat(counts.path("namespaces"))
        .hasToString("{\"shop\":{\"Sealed\":1},\"web\":{\"Sealed\":1}}");
    assertThat(counts.path("reportSha256").asText()).isEqualTo(Digests.sha256(packed));
    JsonNode whole = json(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes());
    assertThat(whole).isEqualTo(Json.tree(report("Sealed")));
  }

  @Test
  void afterAStandstillOnlyTheLatestSlotHasAReport() {
    archive.keep(report("Sealed"));
    clock.pass(Duration.ofDays(3));
    assertThat(archive.keep(report("Stale"))).isTrue();

    assertThat(store.children(keys.reports()))
        .containsExactly("20261101T010000Z", "20261104T010000Z");
  }

  @Test
  void aReportOfBeforeTheSlotIsNotTakenForOneOfIt() {
    CoverageReport old = report("Sealed");
    archive.keep(old);
    clock.pass(Duration.ofDays(1));

    assertThat(archive.keep(old)).isFalse();
    assertThat(archive.keep(report("Sealed"))).isTrue();
  }

  @Test
  void whatALeaderBeforeLeftHalfDoneIsCompleted() {
    assertThatThrownBy(() -> archive(failing("counts.json")).keep(report("Sealed")))
        .isInstanceOf(StoreException.class);
    byte[] first = store.get(FIRST + "report.json.gz", 4096).orElseThrow();

    assertThat(archive.keep(report("Stale"))).isTrue();

    assertThat(store.get(FIRST + "report.json.gz", 4096)).hasValue(first);
    assertThat(json(store.get(FIRST + "counts.json", 4096).orElseThrow()).path("reportSha256"))
        .hasToString("\"" + Digests.sha256(first) + "\"");
  }

  @Test
  void historyHasTheLastReportOfEachDay() {
    archive.keep(report("Sealed"));
    clock.pass(Duration.ofDays(1));
    archive.keep(report("Stale"));
    history.read();

    assertThat(history.trend())
        .containsExactly(
            new TrendPoint(Instant.parse("2026-11-01T02:00:00Z"), Map.of("Sealed", 2)),
            new TrendPoint(Instant.parse("2026-11-02T02:00:00Z"), Map.of("Stale", 2)));

    ReportArchive hourly = new ReportArchive(store, keys, new Cron("0 * * * *"), JITTER, clock);
    hourly.keep(report("Proven"));
    history.read();
    assertThat(history.trend())
        .extracting(TrendPoint::counts)
        .containsExactly(Map.of("Sealed", 2), Map.of("Proven", 2));
  }

  @Test
  void aReportWithoutTheStoreWaitsForOneWithIt() {
    assertThat(archive.keep(blind(report("Unknown")))).isFalse();
    assertThat(stored()).isEmpty();

    assertThat(archive.keep(report("Sealed"))).isTrue();
    history.read();
    assertThat(history.trend()).extracting(TrendPoint::counts).containsExactly(Map.of("Sealed", 2));
  }

  /// As earlier versions kept them.
  @ParameterizedTest
  @CsvSource({
    "true, false, Sealed",
    "false, true, Proven",
    "true, true, Proven",
    "false, false, Proven",
  })
  void ofOneDayTheLastReportCountsThatWasMadeWithTheStore(
      boolean first, boolean second, String counted) {
    put("2026-11-01T01:00:00Z", first, "Sealed");
    history.read();
    put("2026-11-01T02:00:00Z", second, "Proven");
    history.read();

    assertThat(history.trend()).extracting(TrendPoint::counts).containsExactly(Map.of(counted, 2));
  }

  private void put(String slot, boolean storeRead, String verdict) {
    CoverageReport report = storeRead ? report(verdict) : blind(report(verdict));
    store.overwrite(
        keys.reportCounts(Instant.parse(slot)), Json.encode(ReportCounts.of(report, null)));
  }

  private static CoverageReport blind(CoverageReport report) {
    return new CoverageReport(
        report.cluster(), report.at(), false, report.volumes(), report.gaps());
  }

  @Test
  void historyGoesBackNinetyDays() {
    archive.keep(report("Sealed"));
    clock.pass(Duration.ofDays(89));
    history.read();
    assertThat(history.trend()).hasSize(1);

    clock.pass(Duration.ofDays(2));
    history.read();
    assertThat(history.trend()).isEmpty();
  }

  @Test
  void anUnreadableReportHidesNoOther() {
    archive.keep(report("Sealed"));
    for (String bad : List.of("no JSON", "{}", "{\"formatVersion\":2}")) {
      clock.pass(Duration.ofDays(1));
      store.overwrite(keys.reportCounts(clock.instant()), bad.getBytes(UTF_8));
    }
    store.overwrite(keys.reports() + "nonsense/counts.json", new byte[0]);

    history.read();

    assertThat(history.trend()).hasSize(1);
  }

  @Test
  void aStoreThatFailsLeavesWhatWasKnown() {
    archive.keep(report("Sealed"));
    boolean[] away = {false};
    BackupStore lossy =
        proxied((method, key) -> {
          if (away[0]) {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "away", null);
          }
        });
    History read = new History(lossy, keys, clock);
    read.read();

    away[0] = true;

    assertThatThrownBy(read::read).hasMessage("away");
    assertThat(read.trend()).hasSize(1);
  }

  private ReportArchive archive(BackupStore in) {
    return new ReportArchive(in, keys, new Cron("0 1 * * *"), JITTER, clock);
  }

  private CoverageReport report(String verdict) {
    return dev.muster.auditor.coverage.LineBuilder.report(
        clock.instant(), line("shop", "data", verdict), line("web", "data", verdict));
  }

  private List<String> stored() {
    return store.list(keys.reports()).stream().map(ListedObject::key).toList();
  }

  private static JsonNode json(byte[] bytes) {
    return Json.decode(bytes, JsonNode.class, "test");
  }

  private interface Fault {
    void before(String method, String key);
  }

  private BackupStore failing(String end) {
    return proxied((method, key) -> {
      if (method.equals("putIfAbsent") && key.endsWith(end)) {
        throw new StoreException(StoreException.Kind.UNAVAILABLE, "lost", null);
      }
    });
  }

  private BackupStore proxied(Fault fault) {
    return (BackupStore)
        Proxy.newProxyInstance(
            BackupStore.class.getClassLoader(),
            new Class<?>[] {BackupStore.class},
            (proxy, method, arguments) -> {
              fault.before(
                  method.getName(),
                  arguments == null || arguments.length == 0 ? "" : arguments[0].toString());
              return method.invoke(store, arguments);
            });
  }
}
