package dev.muster.cli;

import dev.muster.model.PlainText;
import java.util.Locale;
import java.util.regex.Pattern;

/// Values of other people's objects end up on a terminal, which some characters steer or turn
/// around: those are shown as `?`.
final class Terminal {

  private static final Pattern STEERING_LINES = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\n]]");

  private Terminal() {}

  /// A text of one line.
  static String line(String text) {
    return PlainText.line(text);
  }

  /// A text that may have several lines.
  static String lines(String text) {
    return STEERING_LINES.matcher(text).replaceAll("?");
  }

  /// A constant as people read and write it.
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
