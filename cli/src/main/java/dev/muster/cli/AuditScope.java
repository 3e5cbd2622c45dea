package dev.muster.cli;

import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.coverage.CoverageReport.Line;
import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.evidence.OutsideDatabase;
import dev.muster.auditor.inventory.ClaimFacts;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.inventory.Room;
import dev.muster.model.VolumeRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /// @param others what the report knows of databases outside of the cluster
  CoverageReport of(CoverageReport report, Inventory inventory, Findings others) {
    if (workload == null && labels == null) {
      return report;
    }
    List<Line> lines =
        report.volumes().stream()
            .filter(line -> meant(line.workload()) && labelled(line, inventory, others))
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

  private boolean labelled(Line line, Inventory inventory, Findings others) {
    LabelSelector wanted = labels;
    return wanted == null || wanted.matches(labels(line, inventory, others));
  }

  /// Those of the workload, and over them those of the claim; a database outside of the cluster has
  /// its own.
  private static Map<String, String> labels(Line line, Inventory inventory, Findings others) {
    Map<String, String> labels = new HashMap<>();
    Optional<Room> room = inventory.find(line.namespace());
    String[] user = line.workload().split("/", 2);
    if (user.length == 2) {
      room.flatMap(r -> r.workload(user[0], user[1]))
          .ifPresent(used -> labels.putAll(used.metadata().labels()));
    }
    others
        .database(new VolumeRef(line.volume(), line.namespace(), line.name(), ""))
        .map(OutsideDatabase::metadata)
        .or(() -> room.flatMap(r -> r.claim(line.name())).map(ClaimFacts::metadata))
        .ifPresent(told -> labels.putAll(told.labels()));
    return labels;
  }
}
