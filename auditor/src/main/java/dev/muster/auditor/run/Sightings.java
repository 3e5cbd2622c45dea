package dev.muster.auditor.run;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ObjectName;
import dev.muster.cluster.Query;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Looks at the Job and Pod of an attempt.
final class Sightings {

  private final Cluster cluster;
  private final InstantSource clock;

  Sightings(Cluster cluster, InstantSource clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  Sighting of(Entry.Planned run, Entry.Attempt attempt) {
    Optional<Job> found = cluster.find(Job.class, ObjectName.in(run.namespace(), attempt.job()));
    if (found.isEmpty() || !isOf(found.get(), attempt)) {
      return new Sighting.NoJob();
    }
    Job job = found.get();
    List<Pod> pods =
        cluster
            .list(Pod.class, Query.in(run.namespace()).label(RunPod.RUN_ID, run.runId()))
            .stream()
            .filter(pod -> ownedBy(pod, job))
            .toList();
    if (pods.isEmpty()) {
      return noPod(job);
    }
    if (pods.size() > 1) {
      return new Sighting.Disturbed(
          FailureReason.EVICTED, "Job " + attempt.job() + " started " + pods.size() + " Pods");
    }
    return onePod(job, pods.getFirst());
  }

  static boolean isOf(Job job, Entry.Attempt attempt) {
    Map<String, String> facts = job.getMetadata().getAnnotations();
    return facts != null && attempt.attempt().equals(facts.get(RunPod.ATTEMPT));
  }

  static boolean ownedBy(Pod pod, Job job) {
    return pod.getMetadata().getOwnerReferences() != null
        && pod.getMetadata().getOwnerReferences().stream()
            .anyMatch(owner -> owner.getUid().equals(job.getMetadata().getUid()));
  }

  private Sighting onePod(Job job, Pod pod) {
    PodReading reading = PodReader.read(pod, clock.instant());
    boolean leaving = pod.getMetadata().getDeletionTimestamp() != null;
    if (leaving && !(reading instanceof PodReading.Finished)) {
      return leaving(job, pod);
    }
    return new Sighting.OnePod(reading);
  }

  /// How its containers ended says nothing now; why it goes, the Job controller writes on the Job
  /// just after it deleted the Pod or saw it deleted.
  private static Sighting leaving(Job job, Pod pod) {
    String detail = "Pod " + pod.getMetadata().getName() + " is being deleted";
    return failure(job)
        .<Sighting>map(why -> new Sighting.Disturbed(why, detail))
        .orElseGet(() ->
            new Sighting.OnePod(
                new PodReading.Underway(
                    "Leaving", Instant.parse(pod.getMetadata().getDeletionTimestamp()))));
  }

  private Sighting noPod(Job job) {
    Instant created = Instant.parse(job.getMetadata().getCreationTimestamp());
    String detail = "Job " + job.getMetadata().getName() + " failed and its Pod is gone";
    return failure(job)
        .<Sighting>map(why -> new Sighting.Disturbed(why, detail))
        .orElseGet(() -> new Sighting.NoPod(created, trouble(job)));
  }

  /// Why the Job failed, or is about to (`FailureTarget`); empty while it runs.
  private static Optional<FailureReason> failure(Job job) {
    if (job.getStatus() == null || job.getStatus().getConditions() == null) {
      return Optional.empty();
    }
    return job.getStatus().getConditions().stream()
        .filter(c -> "Failed".equals(c.getType()) || "FailureTarget".equals(c.getType()))
        .filter(c -> "True".equals(c.getStatus()))
        .map(c ->
            "DeadlineExceeded".equals(c.getReason())
                ? FailureReason.DEADLINE
                : FailureReason.EVICTED)
        .findFirst();
  }

  /// The Job controller says only in Events why it cannot create a Pod.
  private Optional<PodReading.Broken> trouble(Job job) {
    return cluster.list(Event.class, Query.in(job.getMetadata().getNamespace())).stream()
        .filter(event -> event.getInvolvedObject() != null)
        .filter(event -> job.getMetadata().getUid().equals(event.getInvolvedObject().getUid()))
        .filter(event -> "FailedCreate".equals(event.getReason()))
        .map(event -> new PodReading.Broken(reason(event), String.valueOf(event.getMessage())))
        .findFirst();
  }

  private static FailureReason reason(Event event) {
    String said = String.valueOf(event.getMessage()).toLowerCase(Locale.ROOT);
    if (said.contains("quota")) {
      return FailureReason.QUOTA;
    }
    return said.contains("violates podsecurity")
        ? FailureReason.POD_SECURITY
        : FailureReason.ADMISSION;
  }
}
