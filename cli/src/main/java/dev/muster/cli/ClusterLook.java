package dev.muster.cli;

import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.evidence.OtherTools;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.cluster.Cluster;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// What a cluster shows at one look.
///
/// @param namespace if only one was looked at
/// @param others of the same volumes, though tools keep objects in namespaces of their own
record ClusterLook(@Nullable String namespace, Inventory inventory, Findings others) {

  /// @param namespace as people typed it; null for all
  static ClusterLook at(Session session, @Nullable String namespace, InstantSource clock) {
    Cluster cluster = session.cluster();
    String only =
        namespace == null ? null : NamespaceName.in(cluster, namespace).getMetadata().getName();
    Inventory inventory = Inventory.list(cluster, only);
    Findings others =
        new OtherTools(cluster, session.configuration().evidence(), clock).of(inventory);
    return new ClusterLook(only, inventory, only == null ? others : others.in(only));
  }
}
