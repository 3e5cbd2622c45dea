package dev.muster.auditor;

import dev.muster.auditor.contract.ClusterView;
import dev.muster.auditor.contract.Inventory;
import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.evidence.OtherTools;
import dev.muster.http.Metrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Judges everything once in a while and shows how many volumes have which verdict.
final class CoverageRound {

  private static final List<String> VERDICTS =
      List.of(
          "Unknown",
          "Waived",
          "Excluded",
          "Unprotected",
          "IntentOnly",
          "Failing",
          "Stale",
          "Proven",
          "Verified",
          "Sealed");

  private final Coverage coverage;
  private final ClusterView view;
  private final OtherTools others;
  private volatile Optional<CoverageReport> latest = Optional.empty();

  CoverageRound(Coverage coverage, ClusterView view, OtherTools others, Metrics metrics) {
    this.coverage = coverage;
    this.view = view;
    this.others = others;
    for (String verdict : VERDICTS) {
      metrics.gauge("muster.volumes", () -> counts().getOrDefault(verdict, 0), "verdict", verdict);
    }
    metrics.gauge(
        "muster.coverage.judged.seconds",
        () -> latest.map(report -> report.at().getEpochSecond()).orElse(0L));
  }

  void judge() {
    Inventory inventory = view.inventory();
    latest = Optional.of(coverage.report(inventory, others.of(inventory)));
  }

  Optional<CoverageReport> latest() {
    return latest;
  }

  private Map<String, Integer> counts() {
    return latest.map(CoverageReport::counts).orElse(Map.of());
  }
}
