package dev.muster.auditor.change;

import dev.muster.auditor.coverage.CoverageReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Compares each report with the one before. Pure. For one thread.
final class VerdictChanges {
  private Map<Volume, String> before = Map.of();

  /// Workloads of two kinds may have one name, and volumes named after them.
  private record Volume(String kind, String namespace, String name, String workload) {}

  /// Worst first. None in the first report, and none of volumes that are new or gone.
  List<VerdictChange> in(CoverageReport report) {
    Map<Volume, String> now = new HashMap<>();
    List<VerdictChange> changes = new ArrayList<>();
    for (CoverageReport.Line line : report.volumes()) {
      Volume volume = new Volume(line.volume(), line.namespace(), line.name(), mounted(line));
      now.put(volume, line.verdict());
      String earlier = before.get(volume);
      if (earlier != null && !earlier.equals(line.verdict())) {
        changes.add(new VerdictChange(earlier, line));
      }
    }
    before = now;
    return changes;
  }

  /// What has a claim is the same whoever uses it.
  private static String mounted(CoverageReport.Line line) {
    return line.name().contains("/") ? line.workload() : "";
  }
}
