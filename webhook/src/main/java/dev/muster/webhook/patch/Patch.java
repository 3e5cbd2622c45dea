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

  /// Applies all operations in order, or none. The result shares with `document`, which stays as it
  /// is, whatever no operation touches: change neither.
  public Applied apply(JsonNode document) {
    var result = document;
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
      case Operation.Add add when add.path().whole() -> add.value();
      case Operation.Add add -> change(document, add.path(), in -> add(in, add));
      case Operation.Remove remove when remove.path().whole() ->
          throw new DoesNotApply("the whole document cannot be removed");
      case Operation.Remove remove -> change(document, remove.path(), in -> remove(in, remove));
      case Operation.Replace replace when replace.path().whole() -> replace.value();
      case Operation.Replace replace ->
          change(
              document, replace.path(), in -> replace(in, replace.path().last(), replace.value()));
      case Operation.Test test -> test(document, test);
    };
  }

  /// What an operation does to a copy of the node that holds its target.
  private interface Change {
    void to(JsonNode parent) throws DoesNotApply;
  }

  private static JsonNode change(JsonNode document, Pointer path, Change change)
      throws DoesNotApply {
    return change(document, path.parents(), change);
  }

  /// A copy of `node` and of what lies on the way down, with the last changed.
  private static JsonNode change(JsonNode node, List<String> way, Change change)
      throws DoesNotApply {
    if (way.isEmpty()) {
      var copy = shallow(node);
      change.to(copy);
      return copy;
    }
    var below = change(step(node, way.getFirst()), way.subList(1, way.size()), change);
    var copy = shallow(node);
    replace(copy, way.getFirst(), below);
    return copy;
  }

  private static JsonNode shallow(JsonNode node) throws DoesNotApply {
    return switch (node) {
      case ObjectNode object -> JsonNodeFactory.instance.objectNode().setAll(object);
      case ArrayNode array -> JsonNodeFactory.instance.arrayNode(array.size()).addAll(array);
      case JsonNode other -> throw notAContainer(other);
    };
  }

  private static void add(JsonNode parent, Operation.Add add) throws DoesNotApply {
    var name = add.path().last();
    switch (parent) {
      case ObjectNode object -> object.set(name, add.value());
      case ArrayNode array when name.equals("-") -> array.add(add.value());
      case ArrayNode array -> array.insert(index(name, array.size()), add.value());
      case JsonNode other -> throw notAContainer(other);
    }
  }

  private static void remove(JsonNode parent, Operation.Remove remove) throws DoesNotApply {
    var name = remove.path().last();
    switch (parent) {
      case ObjectNode object -> {
        member(object, name);
        object.remove(name);
      }
      case ArrayNode array -> array.remove(index(name, array.size() - 1));
      case JsonNode other -> throw notAContainer(other);
    }
  }

  private static void replace(JsonNode parent, String name, JsonNode value) throws DoesNotApply {
    switch (parent) {
      case ObjectNode object -> {
        member(object, name);
        object.set(name, value);
      }
      case ArrayNode array -> array.set(index(name, array.size() - 1), value);
      case JsonNode other -> throw notAContainer(other);
    }
  }

  private static JsonNode test(JsonNode document, Operation.Test test) throws DoesNotApply {
    var found = document;
    for (var each : test.path().tokens()) {
      found = step(found, each);
    }
    if (!SameJson.equal(found, test.value())) {
      throw new DoesNotApply("found another value");
    }
    return document;
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
