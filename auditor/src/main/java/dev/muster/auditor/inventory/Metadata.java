package dev.muster.auditor.inventory;

import dev.muster.cluster.ObjectName;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who an object is.
///
/// @param namespace empty for an object of none
/// @param uid empty for what has reached no cluster yet
/// @param controller the owner that looks after it
/// @param created absent for what has reached no cluster yet
public record Metadata(
    String namespace,
    String name,
    String uid,
    Map<String, String> labels,
    Map<String, String> annotations,
    @Nullable Controller controller,
    @Nullable Instant created) {

  public Metadata {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  /// The owner with `controller: true`.
  public record Controller(String apiVersion, String kind, String name) {}

  public ObjectName objectName() {
    return namespace.isEmpty() ? ObjectName.global(name) : ObjectName.in(namespace, name);
  }
}
