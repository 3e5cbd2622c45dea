package dev.muster.auditor.evidence;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/// Reads one object as a tree, without the half of it in which the server notes who wrote which
/// field.
final class PlainObject {
  private static final String NOTES = "managedFields";

  private PlainObject() {}

  /// @param at at its first token; left at its last
  static JsonNode read(JsonParser at) throws IOException {
    return fields(at, "", field -> field.equals("metadata") ? metadata(at) : whole(at));
  }

  private static JsonNode metadata(JsonParser at) throws IOException {
    return fields(at, NOTES, field -> whole(at));
  }

  private static JsonNode whole(JsonParser at) throws IOException {
    return at.readValueAsTree();
  }

  private static JsonNode fields(JsonParser at, String without, Field field) throws IOException {
    if (at.currentToken() != JsonToken.START_OBJECT) {
      return whole(at);
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    while (at.nextToken() == JsonToken.FIELD_NAME) {
      String name = at.currentName();
      at.nextToken();
      if (name.equals(without)) {
        at.skipChildren();
      } else {
        object.set(name, field.read(name));
      }
    }
    return object;
  }

  /// Reads the value of a field.
  private interface Field {
    JsonNode read(String name) throws IOException;
  }
}
