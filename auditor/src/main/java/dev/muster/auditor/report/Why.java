package dev.muster.auditor.report;

import dev.muster.auditor.coverage.CoverageReport;
import java.util.Optional;

/// The reason of a verdict in one line, for people.
public final class Why {
  private Why() {}

  /// `shop/data-db-0`, or the name alone of what is in no namespace.
  static String named(CoverageReport.Line line) {
    return line.namespace().isEmpty() ? line.name() : line.namespace() + "/" + line.name();
  }

  /// With the last failure and the values that were refused.
  public static String of(CoverageReport.Line line) {
    String failed =
        Optional.ofNullable(line.lastFailure())
            .filter(failure -> !line.settled())
            .map(failure -> " (%s: %s)".formatted(failure.reason(), firstLine(failure.detail())))
            .orElse("");
    String refused = line.problems().isEmpty() ? "" : ": " + String.join("; ", line.problems());
    return line.message() + failed + refused;
  }

  /// What follows is for the record, such as a policy to apply.
  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
