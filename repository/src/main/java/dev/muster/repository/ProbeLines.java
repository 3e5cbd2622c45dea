package dev.muster.repository;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.repository.Manifest.Probe;
import dev.muster.repository.Manifest.Relation;
import dev.muster.repository.Manifest.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a probe prints, read strictly: `{"schema":…,"relation":…,"position":…}`, then one line
/// `{"table":…,"rows":…,"hash":…}` per table, with a `"relation"` of its own where that is not the
/// first line's.
///
/// A line that is not as agreed, a table told twice or a missing first line throws
/// [MalformedException]; it never makes a smaller probe. Messages quote no line: a table's name is
/// the tenant's.
public final class ProbeLines {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ProbeLines() {}

  /// Tables come back in the order of their names.
  public static Probe parse(String stream, List<String> lines) {
    if (lines.isEmpty()) {
      throw new MalformedException("the probe of " + stream + " printed nothing", null);
    }
    JsonNode head = object(stream, 1, lines.getFirst());
    String schema = text(stream, 1, head, "schema");
    Relation relation = Objects.requireNonNullElse(relation(stream, 1, head), Relation.NONE);
    List<Table> tables = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int number = 2; number <= lines.size(); number++) {
      Table table = table(stream, number, lines.get(number - 1), relation);
      if (!names.add(table.name())) {
        throw malformed(stream, number, "repeats a table");
      }
      tables.add(table);
    }
    tables.sort(Comparator.comparing(Table::name));
    return new Probe(stream, relation, schema, optional(head, "position"), tables);
  }

  private static Table table(String stream, int number, String line, Relation usual) {
    JsonNode node = object(stream, number, line);
    JsonNode rows = node.path("rows");
    if (!rows.isIntegralNumber() || rows.longValue() < 0) {
      throw malformed(stream, number, "has no row count");
    }
    Relation own = relation(stream, number, node);
    return new Table(
        text(stream, number, node, "table"),
        rows.longValue(),
        optional(node, "hash"),
        own == usual ? null : own);
  }

  private static @Nullable Relation relation(String stream, int number, JsonNode node) {
    if (!node.hasNonNull("relation")) {
      return null;
    }
    String word = node.path("relation").asText();
    for (Relation relation : Relation.values()) {
      if (relation.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word)) {
        return relation;
      }
    }
    throw malformed(stream, number, "has an unknown relation");
  }

  private static JsonNode object(String stream, int number, String line) {
    try {
      JsonNode node = JSON.readTree(line);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException _) {
      // told below, without the line
    }
    throw malformed(stream, number, "is no JSON object");
  }

  private static String text(String stream, int number, JsonNode node, String field) {
    String value = optional(node, field);
    if (value == null) {
      throw malformed(stream, number, "has no \"" + field + "\"");
    }
    return value;
  }

  private static @Nullable String optional(JsonNode node, String field) {
    String value = node.path(field).asText("");
    return value.isEmpty() ? null : value;
  }

  private static MalformedException malformed(String stream, int number, String what) {
    return new MalformedException(
        "line %d of the probe of %s %s".formatted(number, stream, what), null);
  }
}
