package dev.muster.auditor.report;

import dev.muster.model.PlainText;
import java.util.regex.Pattern;

/// Other people's texts within Markdown: they read as they are, and mean nothing.
final class MarkdownText {
  private static final int MOST = 300;
  private static final Pattern MEANT = Pattern.compile("[\\\\`*_\\[\\]|~$]");

  /// Stands between two characters that together would ping somebody or become a link.
  private static final String NOTHING = "&#8203;";

  private MarkdownText() {}

  /// One line, cut where it is very long.
  static String of(String text) {
    String line = PlainText.line(text.lines().findFirst().orElse(""));
    String cut = line.length() > MOST ? line.substring(0, MOST) + "…" : line;
    return MEANT
        .matcher(cut.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
        .replaceAll("\\\\$0")
        .replace("#", "#" + NOTHING)
        .replace("@", "@" + NOTHING)
        .replace("://", ":" + NOTHING + "//")
        .replace("www.", "www" + NOTHING + ".");
  }
}
