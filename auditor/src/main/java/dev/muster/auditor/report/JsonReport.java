package dev.muster.auditor.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.repository.Json;
import java.nio.charset.StandardCharsets;

/// The report as it is: `docs/reference/audit-report.schema.json`.
final class JsonReport {
  private static final ObjectWriter INDENTED =
      JsonMapper.builder().build().writerWithDefaultPrettyPrinter();

  private JsonReport() {}

  static byte[] render(Audit audit) {
    return indented(Json.tree(audit.report()));
  }

  static byte[] indented(Object tree) {
    try {
      return (INDENTED.writeValueAsString(tree) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that cannot be written", e);
    }
  }
}
