package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.GroupVersionResource;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a reader reads: one tool's objects, and the claims that they may mean.
///
/// @param now what has expired by then is no point
record ToolObjects(Map<GroupVersionResource, List<JsonNode>> all, Claims claims, Instant now) {

  ToolObjects {
    all = Map.copyOf(all);
  }

  /// Empty where the server has no such resource.
  List<JsonNode> of(GroupVersionResource resource) {
    return all.getOrDefault(resource, List.of());
  }
}
