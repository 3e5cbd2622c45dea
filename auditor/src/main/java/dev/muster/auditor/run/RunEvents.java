package dev.muster.auditor.run;

import dev.muster.auditor.contract.Workload;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.Events;
import dev.muster.cluster.ObjectName;
import dev.muster.model.WorkloadRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells people about runs on the workload itself.
final class RunEvents {

  private static final Logger log = LoggerFactory.getLogger(RunEvents.class);

  private final Cluster cluster;
  private final Events events;

  RunEvents(Cluster cluster, Events events) {
    this.cluster = cluster;
    this.events = events;
  }

  void planned(Entry.Planned run) {
    tell(run, Events.Type.NORMAL, "BackupPlanned", "backup " + run.point() + " planned", "");
  }

  void running(Entry.Planned run, Entry.Attempt attempt) {
    tell(
        run,
        Events.Type.NORMAL,
        "BackupRunning",
        "backup " + run.point() + " runs as Job " + attempt.job(),
        "{\"attempt\":\"%s\",\"job\":\"%s\"}".formatted(attempt.attempt(), attempt.job()));
  }

  void sealed(Entry.Planned run, Entry.Sealed sealed) {
    tell(
        run,
        Events.Type.NORMAL,
        "BackupSealed",
        "backup %s sealed, %d bytes stored".formatted(run.point(), sealed.storedBytes()),
        "{\"attempt\":\"%s\",\"storedBytes\":%d}"
            .formatted(sealed.attempt(), sealed.storedBytes()));
  }

  void failed(Entry.Planned run, Entry.Failure failure) {
    boolean whole = failure.attempt().isEmpty();
    tell(
        run,
        Events.Type.WARNING,
        whole ? "BackupFailed" : "BackupAttemptFailed",
        "%sbackup %s failed: %s: %s"
            .formatted(
                whole ? "" : "an attempt of ", run.point(), failure.reason(), failure.detail()),
        "{\"reason\":\"%s\"}".formatted(failure.reason()));
  }

  private void tell(
      Entry.Planned run, Events.Type type, String reason, String message, String detail) {
    log.info("{} {}/{}: {}", run.kind(), run.namespace(), run.name(), message);
    Map<String, String> more = new TreeMap<>();
    more.put(RunPod.RUN_ID, run.runId());
    more.put(RunPod.POINT, run.point());
    if (!detail.isEmpty()) {
      more.put("muster.dev/detail", detail);
    }
    workload(run).ifPresent(object -> events.tell(object, type, reason, message, more));
  }

  private Optional<? extends HasMetadata> workload(Entry.Planned run) {
    var ref = new WorkloadRef(run.kind(), run.namespace(), run.name(), run.uid());
    try {
      return Workload.kind(ref)
          .flatMap(kind -> cluster.find(kind, ObjectName.in(run.namespace(), run.name())));
    } catch (ClusterException e) {
      log.warn("no Event about {}: {}", ref, e.getMessage());
      return Optional.empty();
    }
  }
}
