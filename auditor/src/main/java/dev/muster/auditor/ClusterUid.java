package dev.muster.auditor;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ObjectName;
import dev.muster.config.Configuration;
import io.fabric8.kubernetes.api.model.Namespace;

/// The id of this cluster in keys and run ids.
public final class ClusterUid {

  private ClusterUid() {}

  /// As configured, else the UID of the namespace kube-system.
  public static String of(Configuration configuration, Cluster cluster) {
    String configured = configuration.cluster().id();
    return configured.isEmpty()
        ? cluster.get(Namespace.class, ObjectName.global("kube-system")).getMetadata().getUid()
        : configured;
  }
}
