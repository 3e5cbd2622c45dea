package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// A label selector of somebody's object. One that is absent, empty or of another shape selects
/// nothing: what is meant must be said.
record Selector(JsonNode labels, JsonNode expressions) {

  static Selector of(JsonNode selector) {
    return new Selector(selector.path("matchLabels"), selector.path("matchExpressions"));
  }

  boolean matches(Map<String, String> given) {
    boolean says = !labels.isEmpty() || !expressions.isEmpty();
    return says
        && labels.propertyStream().allMatch(each -> said(given, each.getKey(), each.getValue()))
        && expressions.valueStream().allMatch(each -> met(each, given));
  }

  private static boolean said(Map<String, String> given, String key, JsonNode value) {
    return value.isTextual() && value.asText().equals(given.get(key));
  }

  private static boolean met(JsonNode requirement, Map<String, String> given) {
    String value = given.get(requirement.path("key").asText(""));
    boolean among =
        requirement
            .path("values")
            .valueStream()
            .anyMatch(each -> each.isTextual() && each.asText().equals(value));
    return switch (requirement.path("operator").asText("")) {
      case "In" -> among;
      case "NotIn" -> !among;
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }
}
