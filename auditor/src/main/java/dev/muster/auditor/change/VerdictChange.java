package dev.muster.auditor.change;

import dev.muster.auditor.coverage.CoverageReport;

/// A volume that has another verdict than in the report before.
record VerdictChange(String before, CoverageReport.Line line) {

  /// `Sealed -> Stale: the newest point is older than the promise; look at ...`.
  String text() {
    String said = before + " -> " + line.verdict() + ": " + line.message();
    return line.nextStep().isEmpty() ? said : said + "; " + line.nextStep();
  }
}
