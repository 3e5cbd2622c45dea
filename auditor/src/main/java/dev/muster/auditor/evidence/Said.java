package dev.muster.auditor.evidence;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.auditor.inventory.Metadata;
import dev.muster.auditor.inventory.Metadata.Controller;
import dev.muster.auditor.inventory.Timestamp;
import dev.muster.cluster.ObjectName;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// What a field of somebody's object says.
final class Said {
  /// Few, and slow to make.
  private static final Map<String, JsonPointer> POINTERS = new ConcurrentHashMap<>();

  private Said() {}

  static JsonNode at(JsonNode object, String pointer) {
    return object.at(POINTERS.computeIfAbsent(pointer, JsonPointer::compile));
  }

  static String text(JsonNode object, String pointer) {
    return at(object, pointer).asText("");
  }

  /// `Kind/name`, of a list's item, which need not name its kind.
  static String name(String kind, JsonNode object) {
    return kind + "/" + text(object, "/metadata/name");
  }

  static String label(JsonNode object, String key) {
    return object.path("metadata").path("labels").path(key).asText("");
  }

  /// Empty where one of the two is.
  static Optional<ObjectName> claim(String namespace, String name) {
    return namespace.isEmpty() || name.isEmpty()
        ? Optional.empty()
        : Optional.of(ObjectName.in(namespace, name));
  }

  /// RFC 3339; empty for anything else.
  static Optional<Instant> time(JsonNode object, String pointer) {
    String text = text(object, pointer);
    Instant usual = Timestamp.of(text);
    if (usual != null) {
      return Optional.of(usual);
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// Of any object; what is no text in it is not there.
  static Metadata metadata(JsonNode object) {
    Controller controller =
        at(object, "/metadata/ownerReferences")
            .valueStream()
            .filter(owner -> owner.path("controller").asBoolean(false))
            .findFirst()
            .map(owner ->
                new Controller(
                    owner.path("apiVersion").asText(""),
                    owner.path("kind").asText(""),
                    owner.path("name").asText("")))
            .orElse(null);
    return new Metadata(
        text(object, "/metadata/namespace"),
        text(object, "/metadata/name"),
        text(object, "/metadata/uid"),
        words(at(object, "/metadata/labels")),
        words(at(object, "/metadata/annotations")),
        controller,
        time(object, "/metadata/creationTimestamp").orElse(null));
  }

  private static Map<String, String> words(JsonNode node) {
    return node.propertyStream()
        .filter(each -> each.getValue().isTextual())
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().asText()));
  }

  /// The same labels with one more.
  static Map<String, String> with(Map<String, String> labels, String key, String value) {
    Map<String, String> all = new HashMap<>(labels);
    all.put(key, value);
    return all;
  }

  static Set<String> texts(JsonNode object, String pointer) {
    return at(object, pointer).valueStream().map(JsonNode::asText).collect(Collectors.toSet());
  }
}
