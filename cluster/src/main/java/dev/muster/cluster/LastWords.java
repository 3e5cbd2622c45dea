package dev.muster.cluster;

import java.util.List;
import java.util.regex.Pattern;

/// The end of what a tool said, short enough for an Event: the last errors where it names any, and
/// never the lines in which engines quote rows. Some repeat the statement that failed after or
/// before the reason.
public final class LastWords {
  private static final int LINES = 3;
  private static final int LENGTH = 400;
  private static final Pattern ERROR =
      Pattern.compile("(?i)\\b(error|fatal|panic|failed|denied)\\b|^muster:");
  private static final List<String> QUOTING = List.of("DETAIL:", "CONTEXT:", "STATEMENT:", "HINT:");

  private LastWords() {}

  public static String of(String output) {
    List<String> lines =
        output
            .lines()
            .map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
            .filter(line -> !line.isEmpty())
            .filter(line -> QUOTING.stream().noneMatch(line::contains))
            .toList();
    List<String> errors = lines.stream().filter(line -> ERROR.matcher(line).find()).toList();
    String last = String.join(" | ", end(errors.isEmpty() ? lines : errors));
    return last.length() <= LENGTH ? last : last.substring(0, LENGTH) + "…";
  }

  private static List<String> end(List<String> lines) {
    return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
  }
}
