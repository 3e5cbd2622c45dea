package dev.muster.auditor.evidence;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.function.Predicate;

/// Reads one object as a tree, without the half of it in which the server notes who wrote which
/// field.
final class PlainObject {
  private PlainObject() {}

  /// @param at at its first token; left at its last
  static JsonNode read(JsonParser at) throws IOException {
    return fields(at, field -> true, field -> field.equals("metadata"));
  }

  private static JsonNode fields(JsonParser at, Predicate<String> wanted, Predicate<String> noted)
      throws IOException {
    if (at.currentToken() != JsonToken.START_OBJECT) {
      return at.readValueAsTree();
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    while (at.nextToken() == JsonToken.FIELD_NAME) {
      String field = at.currentName();
      at.nextToken();
      if (!wanted.test(field)) {
        at.skipChildren();
      } else if (noted.test(field)) {
        object.set(field, fields(at, each -> !each.equals("managedFields"), each -> false));
      } else {
        object.set(field, at.<JsonNode>readValueAsTree());
      }
    }
    return object;
  }
}
