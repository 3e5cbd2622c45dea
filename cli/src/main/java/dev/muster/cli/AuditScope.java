package dev.muster.cli;

import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.coverage.CoverageReport.Line;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.inventory.Room;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which volumes are asked about. What is outside is not in the report and not in the exit code.
final class AuditScope {

  @Option(
      names = {"-w", "--workload"},
      paramLabel = "WORKLOAD",
      description = "Only volumes of this workload: NAME or KIND/NAME.")
  private @Nullable String workload;

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "LABELS",
      converter = LabelSelector.Converter.class,
      description = "Only volumes whose claim or workload has these labels, as in kubectl.")
  private @Nullable LabelSelector labels;

  CoverageReport of(CoverageReport report, Inventory inventory) {
    if (workload == null && labels == null) {
      return report;
    }
    List<Line> lines =
        report.volumes().stream()
            .filter(line -> meant(line.workload()) && labelled(line, inventory))
            .toList();
    if (lines.isEmpty()) {
      // A word mistyped must not look like a cluster without findings.
      throw new BadInput(
          "no volume is meant by %s: muster audit lists all"
              .formatted(workload == null ? "these labels" : "the workload " + workload));
    }
    return report.of(lines);
  }

  private boolean meant(String used) {
    return workload == null || used.equalsIgnoreCase(workload) || used.endsWith("/" + workload);
  }

  private boolean labelled(Line line, Inventory inventory) {
    LabelSelector wanted = labels;
    return wanted == null
        || inventory
            .find(line.namespace())
            .filter(r -> wanted.matches(labels(r, line)))
            .isPresent();
  }

  /// Those of the workload, and over them those of the claim.
  private static Map<String, String> labels(Room room, Line line) {
    Map<String, String> labels = new HashMap<>();
    String[] user = line.workload().split("/", 2);
    if (user.length == 2) {
      room.workload(user[0], user[1]).ifPresent(used -> labels.putAll(used.metadata().labels()));
    }
    room.claim(line.name()).ifPresent(claim -> labels.putAll(claim.metadata().labels()));
    return labels;
  }
}
