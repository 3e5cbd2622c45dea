package dev.muster.webhook.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// A JSON Patch (RFC 6902).
public record Patch(List<Operation> operations) {
  public Patch {
    operations = List.copyOf(operations);
  }

  /// @throws IllegalArgumentException when `json` is no array of operations known here
  public static Patch read(JsonNode json) {
    if (!json.isArray()) {
      throw new IllegalArgumentException("a patch is an array");
    }
    return new Patch(json.valueStream().map(Operation::read).toList());
  }

  public boolean isEmpty() {
    return operations.isEmpty();
  }

  public ArrayNode json() {
    var array = JsonNodeFactory.instance.arrayNode();
    operations.forEach(each -> array.add(each.json()));
    return array;
  }

  /// Applies all operations in order to a copy of `document`, or none.
  public Applied apply(JsonNode document) {
    var result = document.deepCopy();
    for (var each : operations) {
      try {
        result = apply(result, each);
      } catch (DoesNotApply e) {
        return new Applied.Refused(
            each.json().get("op").asText() + " " + each.path() + ": " + e.getMessage());
      }
    }
    return new Applied.To(result);
  }

  private static JsonNode apply(JsonNode document, Operation operation) throws DoesNotApply {
    return switch (operation) {
      case Operation.Add add -> add(document, add.path(), add.value().deepCopy());
      case Operation.Remove remove -> remove(document, remove.path());
      case Operation.Replace replace ->
          replace(document, replace.path(), replace.value().deepCopy());
      case Operation.Test test -> test(document, test);
    };
  }

  private static JsonNode add(JsonNode document, Pointer path, JsonNode value) throws DoesNotApply {
    if (path.whole()) {
      return value;
    }
    switch (parent(document, path)) {
      case ObjectNode object -> object.set(path.last(), value);
      case ArrayNode array when path.last().equals("-") -> array.add(value);
      case ArrayNode array -> array.insert(index(path.last(), array.size()), value);
      case JsonNode other -> throw notAContainer(other);
    }
    return document;
  }

  private static JsonNode remove(JsonNode document, Pointer path) throws DoesNotApply {
    if (path.whole()) {
      throw new DoesNotApply("the whole document cannot be removed");
    }
    switch (parent(document, path)) {
      case ObjectNode object -> {
        member(object, path.last());
        object.remove(path.last());
      }
      case ArrayNode array -> array.remove(index(path.last(), array.size() - 1));
      case JsonNode other -> throw notAContainer(other);
    }
    return document;
  }

  private static JsonNode replace(JsonNode document, Pointer path, JsonNode value)
      throws DoesNotApply {
    if (path.whole()) {
      return value;
    }
    switch (parent(document, path)) {
      case ObjectNode object -> {
        member(object, path.last());
        object.set(path.last(), value);
      }
      case ArrayNode array -> array.set(index(path.last(), array.size() - 1), value);
      case JsonNode other -> throw notAContainer(other);
    }
    return document;
  }

  private static JsonNode test(JsonNode document, Operation.Test test) throws DoesNotApply {
    var found =
        test.path().whole() ? document : step(parent(document, test.path()), test.path().last());
    if (!SameJson.equal(found, test.value())) {
      throw new DoesNotApply("found another value");
    }
    return document;
  }

  private static JsonNode parent(JsonNode document, Pointer path) throws DoesNotApply {
    var at = document;
    for (var each : path.parents()) {
      at = step(at, each);
    }
    return at;
  }

  private static JsonNode step(JsonNode from, String token) throws DoesNotApply {
    return switch (from) {
      case ObjectNode object -> member(object, token);
      case ArrayNode array -> array.get(index(token, array.size() - 1));
      case JsonNode other -> throw notAContainer(other);
    };
  }

  private static JsonNode member(ObjectNode object, String name) throws DoesNotApply {
    var found = object.get(name);
    if (found == null) {
      throw new DoesNotApply("there is no member " + name);
    }
    return found;
  }

  private static int index(String token, int last) throws DoesNotApply {
    if (!token.matches("0|[1-9][0-9]{0,8}")) {
      throw new DoesNotApply("not an array index: " + token);
    }
    int index = Integer.parseInt(token);
    if (index > last) {
      throw new DoesNotApply("index " + index + " is beyond the array");
    }
    return index;
  }

  private static DoesNotApply notAContainer(JsonNode node) {
    return new DoesNotApply("the parent is a " + node.getNodeType());
  }

  private static final class DoesNotApply extends Exception {
    private static final long serialVersionUID = 1L;

    DoesNotApply(String message) {
      super(message, null, false, false);
    }
  }
}
