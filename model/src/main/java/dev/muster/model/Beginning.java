package dev.muster.model;

/// The beginning of a text. Never ends with half of a character: no JSON reader takes one, and the
/// policy's least of all.
public final class Beginning {
  private Beginning() {}

  public static String of(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }
}
