package dev.muster.auditor.history;

import dev.muster.auditor.coverage.CoverageReport;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The stored counts of one report: `docs/reference/repository-format.md`.
///
/// @param at when its verdicts were found, which may be long after the slot
/// @param counts of each verdict
/// @param namespaces the same of each namespace; empty text for volumes that belong to none
/// @param reportSha256 of the stored report; absent where that was too large to be kept
record ReportCounts(
    int formatVersion,
    Instant at,
    String cluster,
    boolean storeRead,
    Map<String, Integer> counts,
    Map<String, Map<String, Integer>> namespaces,
    @Nullable String reportSha256) {
  private static final int VERSION = 1;

  ReportCounts {
    if (formatVersion > VERSION) {
      throw new IllegalArgumentException("written by a newer Muster: version " + formatVersion);
    }
    Objects.requireNonNull(at, "at");
    counts = new TreeMap<>(Map.copyOf(counts)); // in the same order always, and none absent
  }

  static ReportCounts of(CoverageReport report, @Nullable String sha256) {
    Map<String, Map<String, Integer>> namespaces = new TreeMap<>();
    for (CoverageReport.Line line : report.volumes()) {
      namespaces
          .computeIfAbsent(line.namespace(), added -> new TreeMap<>())
          .merge(line.verdict(), 1, Integer::sum);
    }
    return new ReportCounts(
        VERSION,
        report.at(),
        report.cluster(),
        report.storeRead(),
        report.counts(),
        namespaces,
        sha256);
  }
}
