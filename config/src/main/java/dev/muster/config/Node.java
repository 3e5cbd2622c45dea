package dev.muster.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.model.Parsed;
import dev.muster.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A mapping of a YAML file while it is read. Each key that is asked for is known; [#finish]
/// reports the rest. All problems of one file go into one list.
final class Node {
  private final String path;
  private final JsonNode tree;
  private final List<Problem> problems;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<Node> children = new ArrayList<>();

  Node(String path, JsonNode tree, List<Problem> problems) {
    this.path = path;
    this.problems = problems;
    boolean mapping = tree.isObject() || tree.isNull() || tree.isMissingNode();
    if (!mapping) {
      problem(path.isEmpty() ? "(file)" : path, tree, "not a mapping", "keys and values");
    }
    this.tree = mapping ? tree : MissingNode.getInstance();
  }

  /// Reports the keys that nobody asked for, here and below.
  void finish() {
    tree.fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            problem(path(name), tree.get(name), "unknown key", String.join(", ", known));
          }
        });
    children.forEach(Node::finish);
  }

  /// Whether the file does not have this mapping at all.
  boolean absent() {
    return tree.isMissingNode() || tree.isNull();
  }

  Node child(String name) {
    Node child = new Node(path(name), get(name), problems);
    children.add(child);
    return child;
  }

  /// The entries of a mapping whose keys are names.
  Map<String, Node> entries(String name) {
    Map<String, Node> entries = new LinkedHashMap<>();
    JsonNode map = get(name);
    if (map instanceof ObjectNode object) {
      object
          .properties()
          .forEach(entry -> {
            String key = path(name) + "." + entry.getKey();
            if (!entry.getKey().matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
              problem(key, entry.getValue(), "not a name", "lower-case letters, digits, hyphens");
            }
            Node child = new Node(key, entry.getValue(), problems);
            children.add(child);
            entries.put(entry.getKey(), child);
          });
    } else if (!map.isMissingNode() && !map.isNull()) {
      problem(path(name), map, "not a mapping", "names, each with its own keys");
    }
    return entries;
  }

  List<Node> list(String name) {
    List<Node> list = new ArrayList<>();
    JsonNode value = get(name);
    if (!value.isArray() && !value.isMissingNode() && !value.isNull()) {
      problem(path(name), value, "not a list", "a list of mappings");
      return list;
    }
    for (JsonNode item : value) {
      Node child = new Node(path(name) + "[" + list.size() + "]", item, problems);
      children.add(child);
      list.add(child);
    }
    return list;
  }

  String text(String name, String otherwise) {
    return parsed(name, Parsed::value).orElse(otherwise);
  }

  /// A value that must be there.
  String required(String name, String allowed) {
    if (empty(name)) {
      problem(path(name), get(name), "missing", allowed);
    }
    return text(name, "");
  }

  boolean empty(String name) {
    JsonNode value = get(name);
    return value.isMissingNode() || value.isNull() || value.isTextual() && value.asText().isEmpty();
  }

  boolean flag(String name, boolean otherwise) {
    JsonNode value = get(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      problem(path(name), value, "neither true nor false", "true, false");
    }
    return value.asBoolean(otherwise);
  }

  int number(String name, int otherwise, int least, int most) {
    JsonNode value = get(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isInt() || value.asInt() < least || value.asInt() > most) {
      problem(
          path(name), value, "not such a number", "a whole number from " + least + " to " + most);
      return otherwise;
    }
    return value.asInt();
  }

  <T> T parsed(String name, T otherwise, Function<String, Parsed<T>> parser) {
    return parsed(name, parser).orElse(otherwise);
  }

  /// Empty where there is no value, or a refused one, which is a problem then.
  <T> Optional<T> parsed(String name, Function<String, Parsed<T>> parser) {
    JsonNode value = get(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isValueNode()) {
      problem(path(name), value, "not a single value", "a text");
      return Optional.empty();
    }
    return switch (parser.apply(value.asText())) {
      case Parsed.Value<T>(T right) -> Optional.of(right);
      case Parsed.Refused<T>(String message, String allowed) -> {
        problem(path(name), value, message, allowed);
        yield Optional.empty();
      }
    };
  }

  <E extends Enum<E>> E word(String name, E otherwise) {
    return parsed(name, otherwise, text -> word(text, otherwise.getDeclaringClass()));
  }

  static <E extends Enum<E>> Parsed<E> word(String text, Class<E> type) {
    List<String> allowed = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String word = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (word.equals(text)) {
        return Parsed.value(constant);
      }
      allowed.add(word);
    }
    return Parsed.refused("no such value", String.join(", ", allowed));
  }

  List<String> texts(String name) {
    return texts(name, Parsed::value);
  }

  List<String> texts(String name, Function<String, Parsed<String>> parser) {
    JsonNode value = get(name);
    List<String> texts = new ArrayList<>();
    if (!value.isArray() && !value.isMissingNode() && !value.isNull()) {
      problem(path(name), value, "not a list", "a list of texts");
    }
    for (JsonNode item : value) {
      switch (item.isValueNode() ? parser.apply(item.asText()) : notText()) {
        case Parsed.Value<String>(String right) -> texts.add(right);
        case Parsed.Refused<String>(String message, String allowed) ->
            problem(path(name) + "[" + texts.size() + "]", item, message, allowed);
      }
    }
    return texts;
  }

  private static Parsed<String> notText() {
    return Parsed.refused("not a text", "a text");
  }

  Map<String, String> textMap(String name) {
    Map<String, String> map = new LinkedHashMap<>();
    JsonNode value = get(name);
    if (!value.isObject() && !value.isMissingNode() && !value.isNull()) {
      problem(path(name), value, "not a mapping", "names, each with a text");
    }
    value
        .properties()
        .forEach(entry -> {
          if (!entry.getValue().isValueNode()) {
            problem(path(name) + "." + entry.getKey(), entry.getValue(), "not a text", "a text");
          }
          map.put(entry.getKey(), entry.getValue().asText());
        });
    return map;
  }

  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  void problem(String name, String value, String message, String allowed) {
    problems.add(new Problem(path(name), value, message, allowed));
  }

  private void problem(String at, JsonNode value, String message, String allowed) {
    String found =
        value.isMissingNode() ? "" : value.isValueNode() ? value.asText() : value.toString();
    problems.add(new Problem(at, found, message, allowed));
  }

  private JsonNode get(String name) {
    known.add(name);
    return tree.path(name);
  }
}
