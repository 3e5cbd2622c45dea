package dev.muster.auditor.heal;

import dev.muster.auditor.contract.Workload;
import dev.muster.config.Configuration;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Which workloads healing may touch: as admission would have, no more.
final class Scope {

  private static final Set<String> SYSTEM = Set.of("kube-system", "kube-public", "kube-node-lease");
  private static final Set<String> BUILT_IN =
      Set.of("StatefulSet", "ReplicaSet", "DaemonSet", "Job", "CronJob", "Deployment", "Node");

  private final String ownNamespace;
  private final String defaultLevel;
  private final List<String> operators;

  Scope(Configuration configuration) {
    this.ownNamespace = configuration.namespace();
    this.defaultLevel = configuration.enforcement().defaultLevel().name().toLowerCase(Locale.ROOT);
    this.operators = configuration.admission().operatorKinds();
  }

  boolean covers(Workload workload, Namespace namespace) {
    String name = namespace.getMetadata().getName();
    Map<String, String> labels =
        Objects.requireNonNullElse(namespace.getMetadata().getLabels(), Map.of());
    return !name.equals(ownNamespace)
        && !SYSTEM.contains(name)
        && !labels.containsKey("muster.dev/drill")
        && !labels.getOrDefault(Configuration.Level.LABEL, defaultLevel).equals("audit")
        && workload.object().getMetadata().getDeletionTimestamp() == null
        && !ownedByOperator(workload.object());
  }

  private boolean ownedByOperator(HasMetadata object) {
    var owners = object.getMetadata().getOwnerReferences();
    return owners != null
        && owners.stream()
            .filter(owner -> Boolean.TRUE.equals(owner.getController()))
            .anyMatch(owner -> operator(owner.getKind()));
  }

  private boolean operator(String kind) {
    return operators.contains(kind) || (operators.contains("*") && !BUILT_IN.contains(kind));
  }
}
