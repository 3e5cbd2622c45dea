package dev.muster.auditor.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.coverage.CoverageReport.Line;
import dev.muster.repository.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One file that needs nothing else: markup, styles, scripts and the report as data. Nothing is
/// fetched, and nothing of other people's texts is markup.
final class HtmlReport {
  private static final String DATA = "\\{\\{data}}";
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
            "policy",
            policy(styles, scripts),
            "cluster",
            text(audit.report().cluster()),
            "styles",
            styles,
            "scripts",
            scripts);
    String[] page = PageParts.read("page.html").split(DATA, -1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(filled(page[0], filling));
    JsonReport.write(bytes, json -> data(json, audit));
    bytes.writeBytes(filled(page[1], filling));
    return bytes.toByteArray();
  }

  /// In one pass: what fills a hole may look like one.
  private static byte[] filled(String page, Map<String, String> filling) {
    return HOLE.matcher(page)
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

  private static void data(JsonGenerator json, Audit audit) throws IOException {
    json.setCharacterEscapes(new InertCharacters());
    json.writeStartObject();
    JsonReport.fields(json, audit.report(), line -> volume(line, audit));
    json.writeObjectField("verdicts", Json.tree(Coverage.WORST_FIRST));
    json.writeObjectField("trend", Json.tree(audit.trend()));
    json.writeEndObject();
  }

  private static JsonNode volume(Line line, Audit audit) {
    ObjectNode volume = (ObjectNode) Json.tree(line);
    return volume.put("finding", audit.novelty(line).name().toLowerCase(Locale.ROOT));
  }

  private static String text(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
