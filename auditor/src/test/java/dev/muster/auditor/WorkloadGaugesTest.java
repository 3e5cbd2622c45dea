package dev.muster.auditor;

import static dev.muster.auditor.coverage.LineBuilder.line;
import static dev.muster.auditor.coverage.LineBuilder.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.coverage.LineBuilder;
import dev.muster.http.Metrics;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkloadGaugesTest {

  private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");

  private static final String NEVER = "0.0";
  private final Metrics metrics = Metrics.ofProcess();
  private final WorkloadGauges gauges = new WorkloadGauges(metrics, true);

  @Test
  void aWorkloadShowsTheOldestOfItsVolumes() {
    show(
        db("data", "Sealed").points(2, NOW).verified(NOW.minusSeconds(10)),
        db("wal", "Sealed").points(1, NOW.minusSeconds(60)).proven(NOW.minusSeconds(90)),
        db("cache", "Excluded").points(1, NOW.minusSeconds(999)));

    assertThat(scraped())
        .containsExactlyInAnyOrder(
            "muster_workload_newest_point_seconds" + labels() + seconds(60),
            "muster_workload_verified_seconds" + labels() + NEVER,
            "muster_workload_proven_seconds" + labels() + NEVER);
  }

  @Test
  void whatHasNoTimeHasNoRowAndWhatIsGoneLosesIt() {
    show(db("data", "Sealed").points(2, NOW));
    assertThat(scraped()).hasSize(1);

    show(db("data", "Unprotected"));
    assertThat(scraped()).isEmpty();
    show();
    assertThat(scraped()).isEmpty();
  }

  @Test
  void whereNamesAreNotWantedNobodyIsLeftOut() {
    new WorkloadGauges(metrics, false).show(report(NOW, db("data", "Stale").points(2, NOW)));

    assertThat(scraped()).isEmpty();
    assertThat(metrics.scrape().lines())
        .contains("muster_workloads_left_out 0.0", "muster_volumes_unsettled 1.0");
  }

  @Test
  void theFiveHundredWorstAreShownAndTheOthersCounted() {
    LineBuilder[] lines =
        IntStream.range(0, 503)
            .mapToObj(i ->
                line("shop", "data-" + i, i < 2 ? "Stale" : "Sealed")
                    .workload("StatefulSet/db-" + i)
                    .points(1, NOW.plusSeconds(i < 2 ? 999 : -i)))
            .toArray(LineBuilder[]::new);
    show(lines);

    assertThat(scraped())
        .hasSize(500)
        .anyMatch(line -> line.contains("\"StatefulSet/db-0\"")) // the newest point, but stale
        .anyMatch(line -> line.contains("\"StatefulSet/db-502\""))
        .noneMatch(line -> line.contains("\"StatefulSet/db-2\""));
    assertThat(metrics.scrape().lines()).contains("muster_workloads_left_out 3.0");
  }

  @Test
  void whoeverNeedsToActIsCounted() {
    show(
        db("a", "Unprotected"),
        db("b", "Waived").reason("waived-self"),
        db("c", "Waived").reason("waived"),
        db("d", "Excluded"),
        db("e", "Sealed"));

    assertThat(metrics.scrape().lines()).contains("muster_volumes_unsettled 2.0");
  }

  private static LineBuilder db(String name, String verdict) {
    return line("shop", name, verdict).workload("StatefulSet/db");
  }

  private static String labels() {
    return "{namespace=\"shop\",workload=\"StatefulSet/db\"} ";
  }

  private static String seconds(int before) {
    return Double.toString(NOW.minusSeconds(before).getEpochSecond());
  }

  private void show(LineBuilder... lines) {
    gauges.show(report(NOW, lines));
  }

  private List<String> scraped() {
    return metrics.scrape().lines().filter(line -> line.startsWith("muster_workload_")).toList();
  }
}
