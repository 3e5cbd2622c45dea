package dev.muster.auditor;

import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.http.Metrics;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Shows for the worst workloads when their data was last saved, read back and restored, as times
/// since the epoch, and how many others have such times. For one thread.
final class WorkloadGauges {
  /// Three series each.
  private static final int MOST = 500;

  private final int most;

  private final Metrics metrics;
  private volatile long unsettled;
  private volatile int leftOut;

  /// @param named whether any is shown: whoever reaches the port reads their names
  WorkloadGauges(Metrics metrics, boolean named) {
    this.metrics = metrics;
    this.most = named ? MOST : 0;
    metrics.gauge("muster.volumes.unsettled", () -> unsettled);
    metrics.gauge("muster.workloads.left.out", () -> leftOut);
  }

  void show(CoverageReport report) {
    List<WorkloadTimes> all = WorkloadTimes.worstFirst(report).toList();
    List<WorkloadTimes> shown = all.subList(0, Math.min(most, all.size()));
    rows("muster.workload.newest.point.seconds", shown, WorkloadTimes::newestPoint);
    rows("muster.workload.verified.seconds", shown, WorkloadTimes::verified);
    rows("muster.workload.proven.seconds", shown, WorkloadTimes::proven);
    leftOut = most == 0 ? 0 : all.size() - shown.size();
    unsettled = report.volumes().stream().filter(line -> !line.settled()).count();
  }

  private void rows(
      String name, List<WorkloadTimes> shown, Function<WorkloadTimes, @Nullable Instant> time) {
    Map<List<String>, Double> rows = new HashMap<>();
    for (WorkloadTimes each : shown) {
      Instant at = time.apply(each);
      if (at != null) {
        rows.put(
            List.of("namespace", each.namespace(), "workload", each.workload()),
            (double) at.getEpochSecond());
      }
    }
    metrics.rows(name, rows);
  }
}
