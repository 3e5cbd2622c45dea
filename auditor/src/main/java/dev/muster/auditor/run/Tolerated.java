package dev.muster.auditor.run;

import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;

/// Which tolerations of a donor Pod its run Pod takes over.
final class Tolerated {

  private Tolerated() {}

  /// All but those that Kubernetes itself adds to each Pod, and adds again.
  static List<Toleration> own(List<Toleration> tolerations) {
    return tolerations.stream()
        .filter(t -> t.getKey() == null || !t.getKey().startsWith("node.kubernetes.io/"))
        .toList();
  }
}
