package dev.muster.auditor.evidence;

import dev.muster.cluster.GroupVersionResource;
import java.util.List;

/// Reads one tool's objects. Whatever they hold, it throws nothing: what it does not understand is
/// no evidence.
interface ToolReader {

  /// As people call it.
  String name();

  /// What it reads, of one version of the API each.
  List<GroupVersionResource> resources();

  /// Whether there may be recovery points in what only another version of its resources would show:
  /// then a server that has only others is a gap.
  default boolean pointsHide() {
    return true;
  }

  void read(ToolObjects objects, Findings into);
}
