package dev.muster.auditor.inventory;

import dev.muster.config.Configuration;
import dev.muster.model.WorkloadRef;
import java.util.List;
import java.util.Optional;

/// A StatefulSet, Deployment or DaemonSet, seen alike.
///
/// @param kind as in the object
/// @param claimTemplates by their names within the set
public record WorkloadFacts(
    String kind,
    Metadata metadata,
    int replicas,
    PodShape template,
    List<ClaimFacts> claimTemplates)
    implements Facts {

  public WorkloadFacts {
    claimTemplates = List.copyOf(claimTemplates);
  }

  public WorkloadRef ref() {
    return new WorkloadRef(kind, metadata.namespace(), metadata.name(), metadata.uid());
  }

  /// The owner that looks after this workload by itself.
  public Optional<Metadata.Controller> operator(Configuration.Admission rules) {
    return Optional.ofNullable(metadata.controller())
        .filter(owner -> rules.operator(owner.apiVersion(), owner.kind()));
  }

  /// `StatefulSet/db`.
  public String said() {
    return kind + "/" + metadata.name();
  }
}
