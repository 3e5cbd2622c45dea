package dev.muster.auditor.inventory;

import java.util.Set;

/// A Pod. Of one that was made from a template that we read, the shape has only claims.
public record PodFacts(Metadata metadata, PodShape shape) implements Facts {
  private static final Set<String> TEMPLATES =
      Set.of("ReplicaSet", "StatefulSet", "DaemonSet", "Job");

  /// `Pod/db-0`.
  public String said() {
    return "Pod/" + metadata.name();
  }

  /// Whether nothing but the Pod itself shows what it runs: one of nobody, of a node's own files,
  /// or of an operator that makes Pods by itself.
  static boolean alone(Metadata pod) {
    return pod.controller() == null || !TEMPLATES.contains(pod.controller().kind());
  }
}
