package dev.muster.auditor.reportobject;

import dev.muster.auditor.coverage.CoverageReport;
import java.util.List;

/// How many volumes came to what, those that did not fit too.
record Summary(int pass, int fail, int warn, int error, int skip) {

  /// @param leftOut whether a result stands for volumes that did not fit
  static Summary of(List<CoverageReport.Line> lines, boolean leftOut) {
    return new Summary(
        count(lines, Result.PASS),
        count(lines, Result.FAIL),
        leftOut ? 1 : 0,
        count(lines, Result.ERROR),
        count(lines, Result.SKIP));
  }

  private static int count(List<CoverageReport.Line> lines, String outcome) {
    return (int) lines.stream().filter(line -> Result.outcome(line).equals(outcome)).count();
  }
}
