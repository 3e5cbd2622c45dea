package dev.muster.webhook;

import java.time.Duration;
import java.util.regex.Pattern;

/// The `?timeout=` of the API server, a Go duration such as `2s` or `1m30s`.
final class Timeout {
  private static final Pattern PART = Pattern.compile("(\\d{1,6})(?:\\.\\d+)?(ms|s|m|h)");
  private static final Pattern WHOLE = Pattern.compile("(?:" + PART.pattern() + "){1,4}");

  private Timeout() {}

  /// The share of it that we use: 80 %, so that our answer still arrives. Zero when the text is no
  /// duration.
  static Duration ours(String text) {
    if (!WHOLE.matcher(text).matches()) {
      return Duration.ZERO;
    }
    var sum = Duration.ZERO;
    var parts = PART.matcher(text);
    while (parts.find()) {
      long amount = Long.parseLong(parts.group(1));
      sum =
          sum.plus(
              switch (parts.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> throw new IllegalStateException("unit " + parts.group(2));
              });
    }
    return sum.multipliedBy(8).dividedBy(10);
  }
}
