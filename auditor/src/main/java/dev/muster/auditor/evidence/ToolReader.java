package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.GroupVersionResource;
import java.util.List;
import java.util.Set;

/// Reads one tool's objects. Whatever they hold, it throws nothing: what it does not understand is
/// no evidence.
interface ToolReader {

  /// As people call it.
  String name();

  /// What it reads, of one version of the API each.
  List<GroupVersionResource> resources();

  /// Those of them with an object for every volume and day. Each object is read as it comes, and
  /// forgotten.
  default Set<GroupVersionResource> many() {
    return Set.of();
  }

  /// Whether there may be recovery points in what only another version of its resources would show:
  /// then a server that has only others is a gap.
  default boolean pointsHide() {
    return true;
  }

  /// Whether it tells of databases outside of the cluster, and of no claim: then what cannot be
  /// read of it hides nothing of claims.
  default boolean ofDatabases() {
    return false;
  }

  /// What one object of `many` says. It may be asked for one twice: servers forget lists half way.
  ///
  /// @param objects without those of `many`
  default List<Found> read(GroupVersionResource of, JsonNode object, ToolObjects objects) {
    return List.of();
  }

  /// What the objects say that are not of `many`.
  default void read(ToolObjects objects, Findings into) {}
}
