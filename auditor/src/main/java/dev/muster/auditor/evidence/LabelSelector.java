package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;

/// A `LabelSelector` of Kubernetes, as an object carries it.
final class LabelSelector {
  private LabelSelector() {}

  /// Whether one of these matches; without any list, all do.
  static boolean anyOf(JsonNode selectors, Map<String, String> labels) {
    return !selectors.isArray()
        || selectors.valueStream().anyMatch(selector -> matches(selector, labels));
  }

  /// Whether this one matches; one that is absent or says nothing chooses nothing.
  static boolean chooses(JsonNode selector, Map<String, String> labels) {
    boolean says = Stream.of("matchLabels", "matchExpressions").anyMatch(selector::hasNonNull);
    return says && matches(selector, labels);
  }

  private static boolean matches(JsonNode selector, Map<String, String> labels) {
    return selector
            .path("matchLabels")
            .propertyStream()
            .allMatch(each -> each.getValue().asText().equals(labels.get(each.getKey())))
        && selector.path("matchExpressions").valueStream().allMatch(each -> holds(each, labels));
  }

  private static boolean holds(JsonNode expression, Map<String, String> labels) {
    String value = labels.get(expression.path("key").asText());
    boolean named = value != null && Said.texts(expression, "/values").contains(value);
    return switch (expression.path("operator").asText()) {
      case "In" -> named;
      case "NotIn" -> !named;
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }
}
