package dev.muster.auditor;

import dev.muster.auditor.contract.ClusterView;
import dev.muster.auditor.contract.Inventory;
import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.evidence.OtherTools;
import dev.muster.http.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Judges everything once in a while and shows how many volumes have which verdict.
final class CoverageRound {

  /// Other tools may have ten thousand objects, which change as seldom as backups end.
  private static final Duration LOOK = Duration.ofMinutes(5);

  private final Coverage coverage;
  private final ClusterView view;
  private final OtherTools others;
  private final InstantSource clock;
  private Findings found = Findings.none();
  private Instant nextLook = Instant.MIN;
  private volatile Optional<CoverageReport> latest = Optional.empty();

  CoverageRound(
      Coverage coverage,
      ClusterView view,
      OtherTools others,
      InstantSource clock,
      Metrics metrics) {
    this.coverage = coverage;
    this.view = view;
    this.others = others;
    this.clock = clock;
    for (String verdict : Coverage.WORST_FIRST) {
      metrics.gauge("muster.volumes", () -> counts().getOrDefault(verdict, 0), "verdict", verdict);
    }
    metrics.gauge(
        "muster.coverage.judged.seconds",
        () -> latest.map(report -> report.at().getEpochSecond()).orElse(0L));
  }

  void judge() {
    Inventory inventory = view.inventory();
    if (!clock.instant().isBefore(nextLook)) {
      found = others.of(inventory);
      nextLook = clock.instant().plus(LOOK);
    }
    latest = Optional.of(coverage.report(inventory, found));
  }

  Optional<CoverageReport> latest() {
    return latest;
  }

  private Map<String, Integer> counts() {
    return latest.map(CoverageReport::counts).orElse(Map.of());
  }
}
