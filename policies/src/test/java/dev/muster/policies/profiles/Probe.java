package dev.muster.policies.profiles;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/// A probe's lines: the header, and of each table its count and hash.
record Probe(JsonNode header, Map<String, Table> tables) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  record Table(long rows, String hash) {}

  static Probe read(byte[] lines) throws IOException {
    JsonNode header = MAPPER.createObjectNode();
    Map<String, Table> tables = new TreeMap<>();
    for (String line : new String(lines, UTF_8).lines().toList()) {
      JsonNode node = MAPPER.readTree(line);
      if (node.has("schema")) {
        header = node;
      } else {
        tables.put(
            node.path("table").asText(),
            new Table(node.path("rows").asLong(-1), node.path("hash").asText()));
      }
    }
    return new Probe(header, tables);
  }

  String schema() {
    return header.path("schema").asText();
  }
}
