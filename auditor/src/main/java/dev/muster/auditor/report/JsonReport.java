package dev.muster.auditor.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.coverage.CoverageReport.Line;
import dev.muster.repository.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The report as it is: `docs/reference/audit-report.schema.json`.
final class JsonReport {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private JsonReport() {}

  static byte[] render(Audit audit) {
    return indented(json -> {
      json.writeStartObject();
      fields(json, audit.report(), Json::tree);
      json.writeEndObject();
    });
  }

  /// Volume by volume, since a tree of a large report takes many times its size.
  static void fields(JsonGenerator json, CoverageReport report, Function<Line, JsonNode> volume)
      throws IOException {
    for (Map.Entry<String, JsonNode> field : Json.tree(report.of(List.of())).properties()) {
      json.writeFieldName(field.getKey());
      if (field.getKey().equals("volumes")) {
        json.writeStartArray();
        for (Line line : report.volumes()) {
          json.writeTree(volume.apply(line));
        }
        json.writeEndArray();
      } else {
        json.writeTree(field.getValue());
      }
    }
  }

  /// What writes JSON.
  interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  static byte[] indented(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(
        bytes,
        json -> {
          json.useDefaultPrettyPrinter();
          content.write(json);
          json.writeRaw('\n');
        });
    return bytes.toByteArray();
  }

  static void write(OutputStream out, Content content) {
    try (JsonGenerator json = MAPPER.getFactory().createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      content.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("memory that cannot be written", e);
    }
  }
}
