package dev.muster.webhook.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// One operation of a JSON Patch. `move` and `copy` are left out: nothing here needs them.
public sealed interface Operation {
  Pointer path();

  record Add(Pointer path, JsonNode value) implements Operation {}

  record Remove(Pointer path) implements Operation {}

  record Replace(Pointer path, JsonNode value) implements Operation {}

  record Test(Pointer path, JsonNode value) implements Operation {}

  default ObjectNode json() {
    return switch (this) {
      case Add add -> of("add").set("value", add.value());
      case Remove remove -> of("remove");
      case Replace replace -> of("replace").set("value", replace.value());
      case Test test -> of("test").set("value", test.value());
    };
  }

  /// @throws IllegalArgumentException when `json` is no operation known here
  static Operation read(JsonNode json) {
    var op = text(json, "op");
    var path = Pointer.parse(text(json, "path"));
    return switch (op) {
      case "add" -> new Add(path, value(json));
      case "remove" -> new Remove(path);
      case "replace" -> new Replace(path, value(json));
      case "test" -> new Test(path, value(json));
      default -> throw new IllegalArgumentException("operation " + op + " is not known here");
    };
  }

  private ObjectNode of(String op) {
    return JsonNodeFactory.instance.objectNode().put("op", op).put("path", path().toString());
  }

  private static String text(JsonNode json, String field) {
    var value = json.get(field);
    if (value == null || !value.isTextual()) {
      throw new IllegalArgumentException("operation without " + field);
    }
    return value.textValue();
  }

  private static JsonNode value(JsonNode json) {
    var value = json.get("value");
    if (value == null) {
      throw new IllegalArgumentException("operation without value");
    }
    return value;
  }
}
