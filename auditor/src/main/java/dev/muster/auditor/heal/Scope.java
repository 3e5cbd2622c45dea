package dev.muster.auditor.heal;

import dev.muster.auditor.contract.Workload;
import dev.muster.config.Configuration;
import dev.muster.config.Configuration.Level;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Which workloads healing may touch: as admission would have, no more. That a restore recreated an
/// object is known at admission alone: from then on its namespace's contract holds again.
final class Scope {

  private final Configuration configuration;

  Scope(Configuration configuration) {
    this.configuration = configuration;
  }

  /// The level that a workload is judged at; empty where it is left alone.
  Optional<Level> covers(Workload workload, Namespace namespace) {
    Map<String, String> labels =
        Objects.requireNonNullElse(namespace.getMetadata().getLabels(), Map.of());
    boolean left =
        configuration.untouched(namespace.getMetadata().getName())
            || labels.containsKey("muster.dev/drill")
            || workload.object().getMetadata().getDeletionTimestamp() != null
            || ownedByOperator(workload.object());
    return left ? Optional.empty() : Optional.of(level(labels)).filter(at -> at != Level.AUDIT);
  }

  private Level level(Map<String, String> labels) {
    return Level.of(labels.getOrDefault(Level.LABEL, ""))
        .orElse(configuration.enforcement().defaultLevel());
  }

  private boolean ownedByOperator(HasMetadata object) {
    var owners = object.getMetadata().getOwnerReferences();
    return owners != null
        && owners.stream()
            .filter(owner -> Boolean.TRUE.equals(owner.getController()))
            .anyMatch(owner -> configuration.admission().operator(owner.getKind()));
  }
}
