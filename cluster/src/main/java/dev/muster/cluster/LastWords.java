package dev.muster.restore;

import java.util.List;

/// The end of what a tool said, short enough for an event and without the lines in which engines
/// quote rows.
final class LastWords {
  private static final int LINES = 3;
  private static final int LENGTH = 400;
  private static final List<String> QUOTING = List.of("DETAIL:", "CONTEXT:", "STATEMENT:", "HINT:");

  private LastWords() {}

  static String of(String output) {
    List<String> lines =
        output
            .lines()
            .map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
            .filter(line -> !line.isEmpty())
            .filter(line -> QUOTING.stream().noneMatch(line::contains))
            .toList();
    String last =
        String.join(" | ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    return last.length() <= LENGTH ? last : last.substring(0, LENGTH) + "…";
  }
}
