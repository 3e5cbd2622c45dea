package dev.muster.auditor.evidence;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What providers call the engines that Muster's profiles know, and some that they do not:
/// `aurora-postgresql`, `POSTGRES_16`, `sqlserver-ex`.
final class EngineName {
  private static final List<Map.Entry<String, String>> BY_BEGINNING =
      List.of(
          Map.entry("postgres", "postgresql"),
          Map.entry("mysql", "mysql"),
          Map.entry("mariadb", "mariadb"),
          Map.entry("sqlserver", "sqlserver"),
          Map.entry("oracle", "oracle"),
          Map.entry("db2", "db2"));

  private EngineName() {}

  /// Any other is left as it is, in small letters.
  static String of(String said) {
    String name = said.toLowerCase(Locale.ROOT);
    if (name.equals("aurora")) {
      return "mysql"; // the first, which did not say of what
    }
    String plain = name.startsWith("aurora-") ? name.substring("aurora-".length()) : name;
    return BY_BEGINNING.stream()
        .filter(each -> plain.startsWith(each.getKey()))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(name);
  }
}
