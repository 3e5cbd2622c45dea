package dev.muster.auditor.heal;

import dev.muster.auditor.contract.Workload;
import dev.muster.config.Configuration;
import dev.muster.config.Configuration.Level;
import dev.muster.model.DrillNamespace;
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
            || DrillNamespace.is(namespace.getMetadata().getName(), labels)
            || workload.object().getMetadata().getDeletionTimestamp() != null
            || workload.operator(configuration.admission()).isPresent();
    return left ? Optional.empty() : Optional.of(level(labels)).filter(at -> at != Level.AUDIT);
  }

  private Level level(Map<String, String> labels) {
    return Level.of(labels.getOrDefault(Level.LABEL, ""))
        .orElse(configuration.enforcement().defaultLevel());
  }
}
