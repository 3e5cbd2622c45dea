package dev.muster.cli;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ObjectName;
import io.fabric8.kubernetes.api.model.Namespace;

/// A namespace as people type it.
final class NamespaceName {

  private NamespaceName() {}

  /// Throws [BadInput] for what is no name, or no namespace of the cluster.
  static Namespace in(Cluster cluster, String name) {
    if (!name.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")) {
      throw new BadInput("'" + name + "' is no name of a namespace: letters, digits and -");
    }
    return cluster
        .find(Namespace.class, ObjectName.global(name))
        .orElseThrow(
            () -> new BadInput("there is no namespace " + name + ": kubectl get namespaces"));
  }
}
