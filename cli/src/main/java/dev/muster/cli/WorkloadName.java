package dev.muster.cli;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ObjectName;
import dev.muster.model.WorkloadKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A workload as people type it: `NS/NAME`, or with its kind, `NS/deployment/NAME`.
record WorkloadName(String namespace, Optional<String> kind, String name) {

  private static final Map<String, Class<? extends HasMetadata>> KINDS = kinds();

  static WorkloadName parse(String text) {
    String[] words = text.split("/", -1);
    boolean whole = words.length == 2 || words.length == 3;
    for (String word : words) {
      whole &= word.matches("[a-zA-Z0-9]([-a-zA-Z0-9.]*[a-zA-Z0-9])?");
    }
    if (!whole) {
      throw new BadInput(
          "'%s' names no workload: say NAMESPACE/NAME, as in shop/db".formatted(text));
    }
    return words.length == 2
        ? new WorkloadName(words[0], Optional.empty(), words[1])
        : new WorkloadName(words[0], Optional.of(words[1].toLowerCase(Locale.ROOT)), words[2]);
  }

  /// The object, a StatefulSet before a Deployment before a DaemonSet.
  HasMetadata in(Cluster cluster) {
    for (var entry : KINDS.entrySet()) {
      if (kind.isEmpty() || matches(entry.getKey(), kind.get())) {
        Optional<? extends HasMetadata> found =
            cluster.find(entry.getValue(), ObjectName.in(namespace, name));
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    if (cluster.find(Namespace.class, ObjectName.global(namespace)).isEmpty()) {
      throw new BadInput("there is no namespace " + namespace + ": kubectl get namespaces");
    }
    throw new BadInput(
        "namespace %s has no workload %s: kubectl -n %s get statefulsets,deployments,daemonsets"
            .formatted(namespace, name, namespace));
  }

  /// The key in the store; for a workload that is gone, its kind must be said:
  /// `NS/statefulset/NAME`.
  WorkloadKey key(Session session) {
    try {
      return WorkloadKey.of(in(session.cluster()).getKind(), namespace, name);
    } catch (BadInput e) {
      if (kind.isEmpty()) {
        throw e;
      }
      String word =
          KINDS.entrySet().stream()
              .filter(entry -> matches(entry.getKey(), kind.get()))
              .map(entry -> entry.getValue().getSimpleName())
              .findFirst()
              .orElseThrow(() -> e);
      return WorkloadKey.of(word, namespace, name);
    }
  }

  private static boolean matches(String kind, String said) {
    return kind.equals(said)
        || (kind + "s").equals(said)
        || (kind.equals("statefulset") && said.equals("sts"));
  }

  private static Map<String, Class<? extends HasMetadata>> kinds() {
    Map<String, Class<? extends HasMetadata>> kinds = new LinkedHashMap<>();
    kinds.put("statefulset", StatefulSet.class);
    kinds.put("deployment", Deployment.class);
    kinds.put("daemonset", DaemonSet.class);
    return kinds;
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
