package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.GroupVersionResource;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What a reader reads: one tool's objects, and the claims that they may mean. For one thread.
final class ToolObjects {
  private final Map<GroupVersionResource, List<JsonNode>> all;
  private final Map<GroupVersionResource, Map<String, JsonNode>> named = new HashMap<>();
  private final Claims claims;
  private final Instant now;

  /// @param now what has expired by then is no point
  ToolObjects(Map<GroupVersionResource, List<JsonNode>> all, Claims claims, Instant now) {
    this.all = Map.copyOf(all);
    this.claims = claims;
    this.now = now;
  }

  /// Empty where the server has no such resource.
  List<JsonNode> of(GroupVersionResource resource) {
    return all.getOrDefault(resource, List.of());
  }

  /// Of several versions of one resource, of which only one is listed.
  List<JsonNode> of(List<GroupVersionResource> versions) {
    return versions.stream().flatMap(version -> of(version).stream()).toList();
  }

  /// The same by names that others call them; always asked with the same.
  Map<String, JsonNode> named(
      GroupVersionResource resource, Function<JsonNode, List<String>> names) {
    return named.computeIfAbsent(
        resource,
        asked -> {
          Map<String, JsonNode> found = new HashMap<>();
          of(asked).forEach(each -> names.apply(each).forEach(name -> found.put(name, each)));
          return found;
        });
  }

  Claims claims() {
    return claims;
  }

  Instant now() {
    return now;
  }
}
