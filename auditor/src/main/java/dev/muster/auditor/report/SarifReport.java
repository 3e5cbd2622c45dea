package dev.muster.auditor.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.coverage.CoverageReport.Line;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// SARIF 2.1.0, for CI: a rule for each reason, a result for each volume that somebody needs to act
/// on.
final class SarifReport {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /// GitHub's code scanning takes no file with more.
  static final int MOST = 25_000;

  private final Audit audit;
  private final ArrayNode rules = NODES.arrayNode();
  private final Map<String, Integer> known = new LinkedHashMap<>();
  private final Map<String, String> steps = new HashMap<>();

  private SarifReport(Audit audit) {
    this.audit = audit;
  }

  static byte[] render(Audit audit) {
    return JsonReport.indented(json -> json.writeTree(new SarifReport(audit).log()));
  }

  private ObjectNode log() {
    ObjectNode log = NODES.objectNode();
    log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json").put("version", "2.1.0");
    ObjectNode run = log.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "Muster");
    driver.set("rules", rules);
    run.putObject("automationDetails").put("id", "muster/audit/" + audit.report().cluster() + "/");
    List<Line> findings = findings();
    List<Line> told = findings.subList(0, Math.min(MOST, findings.size()));
    invocation(run.putArray("invocations").addObject(), findings.size() - told.size());
    run.put("columnKind", "utf16CodeUnits");
    ArrayNode results = run.putArray("results");
    told.forEach(line -> steps.merge(id(line), line.nextStep(), SarifReport::same));
    told.forEach(line -> result(results.addObject(), line));
    return log;
  }

  /// What the baseline knows can be spared first, then what is least bad.
  private List<Line> findings() {
    return Stream.of(Audit.Novelty.NEW, Audit.Novelty.KNOWN)
        .map(audit::findings)
        .flatMap(List::stream)
        .toList();
  }

  /// The audit itself succeeds also where parts could not be read; those are told.
  private void invocation(ObjectNode invocation, int leftOut) {
    CoverageReport report = audit.report();
    invocation.put("executionSuccessful", true).put("endTimeUtc", report.at().toString());
    ArrayNode told = invocation.putArray("toolExecutionNotifications");
    report.gaps().forEach(gap -> notification(told, gap));
    if (leftOut > 0) {
      notification(
          told,
          "%d more findings were left out, since code scanning takes %d; those known from a baseline go first, then the least bad; the report as JSON has all"
              .formatted(leftOut, MOST));
    }
  }

  private static void notification(ArrayNode told, String text) {
    message(told.addObject().put("level", "warning").putObject("message"), text);
  }

  private static void message(ObjectNode message, String text) {
    message.put("text", SarifText.of(text));
  }

  private void result(ObjectNode result, Line line) {
    result.put("ruleId", id(line)).put("ruleIndex", rule(line));
    result.put("kind", "fail").put("level", level(line));
    message(result.putObject("message"), text(line));
    location(result.putArray("locations").addObject(), line);
    result
        .putObject("partialFingerprints")
        .put("volumeAndReason/v1", named(line) + ": " + line.reason());
    if (audit.baseline().given()) {
      result.put("baselineState", audit.baseline().knows(line) ? "unchanged" : "new");
    }
    ObjectNode more = result.putObject("properties");
    more.put("verdict", line.verdict()).put("workload", line.workload());
    more.put("engine", line.engine());
  }

  private int rule(Line line) {
    return known.computeIfAbsent(id(line), reason -> add(reason, line));
  }

  private static String id(Line line) {
    return sentence(line.reason(), line.verdict());
  }

  private int add(String reason, Line line) {
    ObjectNode rule = rules.addObject().put("id", reason).put("name", reason);
    message(rule.putObject("shortDescription"), sentence(line.message(), line.verdict()));
    message(rule.putObject("help"), sentence(steps.getOrDefault(reason, ""), line.message()));
    rule.putObject("defaultConfiguration").put("level", level(line));
    rule.putObject("properties").putArray("tags").add("backup").add(line.verdict());
    return rules.size() - 1;
  }

  /// What only some need to do is no help of the rule.
  private static String same(String one, String other) {
    return one.equals(other) ? one : "";
  }

  /// SARIF wants a text.
  private static String sentence(String text, String otherwise) {
    return text.isBlank() ? otherwise : text;
  }

  private static String text(Line line) {
    String used = line.workload().isEmpty() ? "" : " (" + line.workload() + ")";
    String next = line.nextStep().isEmpty() ? "" : ". Next: " + line.nextStep();
    return "%s%s is %s: %s%s".formatted(Why.named(line), used, line.verdict(), Why.of(line), next);
  }

  private static String level(Line line) {
    return switch (line.verdict()) {
      case "Unknown", "Unprotected", "Failing" -> "error";
      case "Waived" -> "note";
      default -> "warning";
    };
  }

  private void location(ObjectNode location, Line line) {
    Optional<Source> source = audit.sources().of(line);
    source.ifPresent(from -> {
      ObjectNode physical = location.putObject("physicalLocation");
      physical.putObject("artifactLocation").put("uri", uri(from.file()));
      physical.putObject("region").put("startLine", from.line());
    });
    location
        .putArray("logicalLocations")
        .addObject()
        .put("name", line.name())
        .put("fullyQualifiedName", named(line))
        .put("kind", "resource");
  }

  /// Relative to the root of the work tree, as code scanning wants it.
  private static String uri(String file) {
    Path path = Path.of(file).normalize();
    if (path.isAbsolute()) {
      return path.toUri().toASCIIString();
    }
    try {
      return new URI(null, null, path.toString(), null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("no URI for the file " + file, e);
    }
  }

  private static String named(Line line) {
    String within = line.namespace().isEmpty() ? "" : line.namespace() + "/";
    return within + line.volume() + "/" + line.name();
  }
}
