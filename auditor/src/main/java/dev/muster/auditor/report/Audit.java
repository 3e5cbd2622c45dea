package dev.muster.auditor.report;

import dev.muster.auditor.coverage.CoverageReport;
import java.util.List;
import java.util.function.Predicate;

/// A report, and what is known around it by whoever has it told.
///
/// @param finding whether somebody needs to act on a volume
/// @param trend oldest first; empty where nobody kept it
public record Audit(
    CoverageReport report,
    Predicate<CoverageReport.Line> finding,
    Baseline baseline,
    Sources sources,
    List<TrendPoint> trend) {

  public Audit {
    trend = List.copyOf(trend);
  }

  /// Of a cluster.
  public static Audit of(CoverageReport report) {
    return new Audit(report, line -> !line.settled(), Baseline.none(), Sources.none(), List.of());
  }

  /// The same, with what earlier audits counted.
  public Audit with(List<TrendPoint> trend) {
    return new Audit(report, finding, baseline, sources, trend);
  }

  /// The same, of some of its volumes.
  public Audit of(List<CoverageReport.Line> some) {
    return new Audit(report.of(some), finding, baseline, sources, trend);
  }

  public Novelty novelty(CoverageReport.Line line) {
    if (!finding.test(line)) {
      return Novelty.NONE;
    }
    return baseline.knows(line) ? Novelty.KNOWN : Novelty.NEW;
  }

  /// The volumes that somebody needs to act on: those that are new, or known from the baseline.
  public List<CoverageReport.Line> findings(Novelty novelty) {
    return report.volumes().stream().filter(line -> novelty(line) == novelty).toList();
  }

  /// What a volume is to whoever has looked at an earlier report.
  public enum Novelty {
    /// Nobody needs to act.
    NONE,
    KNOWN,
    NEW
  }
}
