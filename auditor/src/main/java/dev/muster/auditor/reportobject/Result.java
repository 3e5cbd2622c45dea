package dev.muster.auditor.reportobject;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.model.Beginning;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One entry of a report object. Holds nothing that changes while the verdict does not: no time, no
/// age, no number of points.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Result(
    String source,
    String policy,
    String rule,
    String category,
    String severity,
    String result,
    boolean scored,
    List<Reference> resources,
    String message,
    Map<String, String> properties) {

  private static final String SOURCE = "muster";
  private static final String POLICY = "muster-coverage";
  private static final String CATEGORY = "Backup";

  /// Rules of a user's own may say more than anybody reads here.
  private static final int LONGEST = 1000;

  static final String PASS = "pass";
  static final String FAIL = "fail";
  static final String WARN = "warn";
  static final String ERROR = "error";
  static final String SKIP = "skip";

  Result {
    // Read back from a server they may be absent.
    resources = List.copyOf(Objects.requireNonNullElse(resources, List.of()));
    properties = new TreeMap<>(Objects.requireNonNullElse(properties, Map.of()));
  }

  static Result of(CoverageReport.Line line) {
    return new Result(
        SOURCE,
        POLICY,
        line.reason(),
        CATEGORY,
        severity(line),
        outcome(line),
        true,
        List.of(Reference.of(line)),
        message(line),
        properties(line));
  }

  /// Stands for the volumes for which there is no room.
  static Result leftOut(int volumes) {
    return new Result(
        SOURCE,
        POLICY,
        "left-out",
        CATEGORY,
        "info",
        WARN,
        false,
        List.of(),
        "%d more volumes do not fit, none of them is worse; ask muster audit or /report for all"
            .formatted(volumes),
        Map.of());
  }

  /// `pass`, `fail`, `error` or `skip`.
  static String outcome(CoverageReport.Line line) {
    if (line.verdict().equals("Unknown")) {
      return ERROR;
    }
    if (line.covered()) {
      return PASS;
    }
    return line.settled() ? SKIP : FAIL;
  }

  private static String severity(CoverageReport.Line line) {
    if (line.settled()) {
      return "info";
    }
    return switch (line.verdict()) {
      case "Stale", "IntentOnly" -> "medium";
      case "Waived" -> "low";
      default -> "high";
    };
  }

  private static String message(CoverageReport.Line line) {
    String text =
        Stream.of(line.message(), line.nextStep())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("; "));
    return Beginning.of(text, LONGEST);
  }

  private static Map<String, String> properties(CoverageReport.Line line) {
    Map<String, String> all = new TreeMap<>();
    all.put("verdict", line.verdict());
    all.put("reason", line.reason());
    all.put("volume", line.volume() + "/" + line.name());
    all.put("workload", line.workload());
    all.put("engine", line.engine());
    all.values().removeIf(String::isEmpty);
    return all;
  }
}
