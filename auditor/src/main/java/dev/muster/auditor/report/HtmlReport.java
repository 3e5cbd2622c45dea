package dev.muster.auditor.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.coverage.CoverageReport.Line;
import dev.muster.repository.Json;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One file that needs nothing else: markup, styles, scripts and the report as data. Nothing is
/// fetched, and nothing of other people's texts is markup.
final class HtmlReport {
  private static final Pattern HOLE = Pattern.compile("\\{\\{(\\w+)}}");
  private static final List<String> STYLES =
      List.of("base", "summary", "volumes", "detail", "print");
  private static final List<String> SCRIPTS =
      List.of(
          "model", "state", "summary", "trend", "volumes", "filters", "detail", "theme", "main");

  private HtmlReport() {}

  static byte[] render(Audit audit) {
    String styles = PageParts.joined(STYLES, ".css");
    String scripts = PageParts.joined(SCRIPTS, ".js");
    Map<String, String> filling =
        Map.of(
            "policy", policy(styles, scripts),
            "cluster", text(audit.report().cluster()),
            "styles", styles,
            "scripts", scripts,
            "data", inert(data(audit)));
    // In one pass: what fills a hole may look like one.
    return HOLE.matcher(PageParts.read("page.html"))
        .replaceAll(hole -> Matcher.quoteReplacement(filled(filling, hole)))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String filled(Map<String, String> filling, MatchResult hole) {
    String value = filling.get(hole.group(1));
    if (value == null) {
      throw new IllegalStateException("page.html has the unknown hole " + hole.group());
    }
    return value;
  }

  /// Only these styles and scripts run, whatever else gets into the page.
  private static String policy(String styles, String scripts) {
    return "default-src 'none'; style-src '%s'; script-src '%s'; img-src data:; base-uri 'none'; form-action 'none'"
        .formatted(PageParts.digest(styles), PageParts.digest(scripts));
  }

  private static JsonNode data(Audit audit) {
    ObjectNode data = (ObjectNode) Json.tree(audit.report());
    Iterator<Line> lines = audit.report().volumes().iterator();
    for (JsonNode volume : data.path("volumes")) {
      String finding = audit.novelty(lines.next()).name().toLowerCase(Locale.ROOT);
      ((ObjectNode) volume).put("finding", finding);
    }
    data.set("verdicts", Json.tree(Coverage.WORST_FIRST));
    data.set("trend", Json.tree(audit.trend()));
    return data;
  }

  /// A script element ends at the first `</script`, whatever it holds; in JSON these characters are
  /// within strings alone.
  private static String inert(JsonNode data) {
    return data.toString().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }

  private static String text(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
