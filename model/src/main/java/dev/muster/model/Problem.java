package dev.muster.model;

/// A value that was refused: which key, what was there, why it is wrong, and what is allowed.
public record Problem(String key, String value, String message, String allowed) {
  private static final int SHOWN = 60;

  /// One line for a warning or a log; the value is cut and stripped of control characters.
  public String text() {
    return key + ": " + message + " (found \"" + shown(value) + "\", allowed: " + allowed + ")";
  }

  private static String shown(String value) {
    String plain = value.replaceAll("[^\\x20-\\x7e]", "?");
    return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "...";
  }
}
