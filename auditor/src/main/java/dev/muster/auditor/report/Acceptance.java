package dev.muster.auditor.report;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Which format a request's `Accept` would have (RFC 9110); JSON where it does not care.
final class Acceptance {
  private Acceptance() {}

  /// @param accept empty where the header is absent
  /// @return empty where none will do
  static Optional<ReportFormat> of(String accept) {
    return accept.isBlank()
        ? Optional.of(ReportFormat.JSON)
        : Stream.of(ReportFormat.values())
            .filter(format -> weight(accept, format) > 0)
            // The first of equals: max would take the last.
            .reduce((one, other) -> weight(accept, other) > weight(accept, one) ? other : one);
  }

  /// Of the range that means the format most closely; 0 for refused or not named.
  private static double weight(String accept, ReportFormat format) {
    String type = type(format.mediaType());
    return Stream.of(accept.split(","))
        .filter(range -> closeness(type(range), type) > 0)
        .max(Comparator.comparingInt(range -> closeness(type(range), type)))
        .map(Acceptance::quality)
        .orElse(0.0);
  }

  private static int closeness(String range, String type) {
    if (range.equals(type)) {
      return 3;
    }
    if (range.equals(type.substring(0, type.indexOf('/')) + "/*")) {
      return 2;
    }
    return range.equals("*/*") ? 1 : 0;
  }

  private static String type(String range) {
    return range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static double quality(String range) {
    return Stream.of(range.split(";"))
        .map(part -> part.strip().toLowerCase(Locale.ROOT))
        .filter(part -> part.matches("q=[01](\\.\\d{0,3})?"))
        .findFirst()
        .map(part -> Double.parseDouble(part.substring(2)))
        .orElse(1.0);
  }
}
