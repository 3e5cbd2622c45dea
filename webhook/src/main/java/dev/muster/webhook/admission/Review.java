package dev.muster.webhook.admission;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One AdmissionReview request. The objects stay trees, so fields unknown here live on.
///
/// @param group API group of `kind`; empty for the core group
/// @param name empty with generateName
/// @param user who asks, with the groups
public record Review(
    String uid,
    String group,
    String kind,
    String subResource,
    String operation,
    String namespace,
    String name,
    boolean dryRun,
    User user,
    Optional<JsonNode> object,
    Optional<JsonNode> oldObject) {

  public record User(String name, Set<String> groups) {
    public User {
      groups = Set.copyOf(groups);
    }
  }

  /// The object's name, or with generateName what the name will begin with.
  String nameOrPrefix() {
    if (!name.isEmpty()) {
      return name;
    }
    var metadata = object.map(each -> each.path("metadata"));
    return metadata
        .map(each -> each.path("name").asText(each.path("generateName").asText("")))
        .orElse("");
  }

  boolean updates() {
    return operation.equals("UPDATE");
  }

  Map<String, String> annotations() {
    return object.map(Review::annotations).orElse(Map.of());
  }

  /// Whether the object has the annotation, also where its value is no text.
  boolean annotated(String key) {
    return object.map(each -> each.path("metadata").path("annotations").has(key)).orElse(false);
  }

  Map<String, String> oldAnnotations() {
    return oldObject.map(Review::annotations).orElse(Map.of());
  }

  Map<String, String> labels() {
    return object.map(each -> texts(each.path("metadata").path("labels"))).orElse(Map.of());
  }

  List<JsonNode> owners() {
    return object
        .map(each -> each.path("metadata").path("ownerReferences").valueStream().toList())
        .orElse(List.of());
  }

  private static Map<String, String> annotations(JsonNode object) {
    return texts(object.path("metadata").path("annotations"));
  }

  private static Map<String, String> texts(JsonNode map) {
    var texts = new HashMap<String, String>();
    for (var each : map.properties()) {
      if (each.getValue().isTextual()) {
        texts.put(each.getKey(), each.getValue().textValue());
      }
    }
    return texts;
  }
}
