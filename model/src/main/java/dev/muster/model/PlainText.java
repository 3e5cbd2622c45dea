package dev.muster.model;

import java.util.regex.Pattern;

/// Texts of other people's objects on their way to people.
public final class PlainText {

  private static final Pattern STEERING = Pattern.compile("[\\p{Cc}\\p{Cf}]");

  private PlainText() {}

  /// One line: what would begin another, steer a terminal or turn a text around is shown as `?`.
  public static String line(String text) {
    return STEERING.matcher(text).replaceAll("?");
  }
}
