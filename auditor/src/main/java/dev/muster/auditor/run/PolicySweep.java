package dev.muster.auditor.run;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.ObjectName;
import dev.muster.cluster.Query;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes network policies that were made for a run and outlived it: left alone in a namespace,
/// one would keep everybody but run Pods from the database.
public final class PolicySweep {

  private static final Logger log = LoggerFactory.getLogger(PolicySweep.class);

  private final Cluster cluster;
  private final RunJournal journal;

  public PolicySweep(Cluster cluster, RunJournal journal) {
    this.cluster = cluster;
    this.journal = journal;
  }

  /// How many were deleted: those of runs that ended, and those made before the time.
  public int sweep(Instant before) {
    int gone = 0;
    for (NetworkPolicy policy :
        cluster.list(NetworkPolicy.class, Query.all().label(RunPod.ROLE, RunPod.BACKUP))) {
      if (outlived(policy, before) && delete(policy)) {
        gone++;
      }
    }
    return gone;
  }

  /// Deletes those of one run.
  void clear(Entry.Planned run) {
    try {
      cluster
          .list(
              NetworkPolicy.class,
              Query.in(run.namespace())
                  .label(RunPod.ROLE, RunPod.BACKUP)
                  .label(RunPod.RUN_ID, run.runId()))
          .forEach(this::delete);
    } catch (ClusterException e) {
      log.warn("network policies of {} are left to the sweep: {}", run.point(), e.getMessage());
    }
  }

  /// A policy without a run was applied by hand.
  private boolean outlived(NetworkPolicy policy, Instant before) {
    Map<String, String> labels = policy.getMetadata().getLabels();
    String runId = labels.get(RunPod.RUN_ID);
    String workloadKey = labels.get(RunPod.WORKLOAD);
    if (runId == null || workloadKey == null) {
      return false;
    }
    return Instant.parse(policy.getMetadata().getCreationTimestamp()).isBefore(before)
        || journal.ended(workloadKey, runId);
  }

  private boolean delete(NetworkPolicy policy) {
    ObjectName name = ObjectName.of(policy);
    try {
      cluster.delete(NetworkPolicy.class, name);
      return true;
    } catch (ClusterException e) {
      log.warn("NetworkPolicy {} is left to the next sweep: {}", name, e.getMessage());
      return false;
    }
  }
}
