package dev.muster.webhook.admission;

/// Text for headers, logs and terminals, whoever wrote it: printable ASCII of a bounded length.
final class Printable {
  private Printable() {}

  static String of(String text, int most) {
    var plain = text.replaceAll("[^\\x20-\\x7e]", "?");
    return plain.length() <= most ? plain : plain.substring(0, most - 3) + "...";
  }

  static boolean is(String text) {
    return text.chars().allMatch(each -> each >= 0x20 && each <= 0x7e);
  }
}
