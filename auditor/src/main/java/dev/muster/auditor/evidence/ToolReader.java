package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.GroupVersionResource;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Reads one tool's objects. Whatever they hold, it throws nothing: what it does not understand is
/// no evidence.
interface ToolReader {

  /// As people call it.
  String name();

  /// What it reads, of one version of the API each.
  List<GroupVersionResource> resources();

  /// @param objects by resource; those that the server has not are absent
  void read(
      Map<GroupVersionResource, List<JsonNode>> objects, Claims claims, Instant now, Findings into);
}
