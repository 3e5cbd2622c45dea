package dev.muster.auditor.report;

/// Other people's texts within a message of SARIF: they read as they are, and mean nothing.
final class SarifText {
  private SarifText() {}

  /// A brace begins a placeholder unless it is doubled, a bracket before a parenthesis ends a link.
  static String of(String text) {
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (");
  }
}
