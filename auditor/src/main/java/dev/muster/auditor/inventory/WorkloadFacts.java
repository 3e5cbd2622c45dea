package dev.muster.auditor.inventory;

import dev.muster.config.Configuration;
import dev.muster.model.WorkloadRef;
import java.util.List;
import java.util.Optional;

/// What makes Pods, or is one that nothing else describes, seen alike.
///
/// @param kind `StatefulSet`, `Deployment`, `DaemonSet`, `CronJob` or `Pod`
/// @param firstOrdinal with which the numbers of a StatefulSet begin
/// @param claimTemplates by their names within the set
public record WorkloadFacts(
    String kind,
    Metadata metadata,
    int replicas,
    int firstOrdinal,
    PodShape template,
    List<ClaimFacts> claimTemplates)
    implements Facts {

  public WorkloadFacts {
    claimTemplates = List.copyOf(claimTemplates);
  }

  static WorkloadFacts of(PodFacts pod) {
    return new WorkloadFacts(Kind.POD.word(), pod.metadata(), 1, 0, pod.shape(), List.of());
  }

  /// Whether it is of a kind that Muster itself backs up.
  public boolean lasting() {
    return !kind.equals(Kind.POD.word()) && !kind.equals(Kind.CRON_JOB.word());
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
