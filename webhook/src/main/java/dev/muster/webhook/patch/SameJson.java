package dev.muster.webhook.patch;

import com.fasterxml.jackson.databind.JsonNode;

/// Equality as RFC 6902 wants it for `test`: numbers by value, the order of members is nothing.
final class SameJson {
  private SameJson() {}

  static boolean equal(JsonNode one, JsonNode other) {
    return one.equals(SameJson::compare, other);
  }

  private static int compare(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue());
    }
    return one.equals(other) ? 0 : 1;
  }
}
