package dev.muster.auditor.runapi;

import dev.muster.auditor.run.Entry;
import dev.muster.auditor.run.RunJournal;
import dev.muster.auditor.run.RunPod;
import dev.muster.cluster.Caller;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ObjectName;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Whether a token is the one of the mover that its own Job started for this attempt.
///
/// Labels are anybody's to write, so the journal decides: it names the namespace and the Job of the
/// attempt. Whoever forges such a Job in that namespace can spoil this one unsealed attempt.
final class MoverCheck {

  private final Cluster cluster;
  private final RunJournal journal;
  private final String image;

  MoverCheck(Cluster cluster, RunJournal journal, String image) {
    this.cluster = cluster;
    this.journal = journal;
    this.image = image;
  }

  Admitted admit(Optional<String> token, String runId, String attempt) {
    Caller caller =
        token
            .flatMap(t -> cluster.authenticate(t, RunPod.TOKEN_AUDIENCE))
            .orElseThrow(() ->
                new Refusal(401, "Token", "a token for " + RunPod.TOKEN_AUDIENCE + " is needed"));
    Pod pod = pod(caller);
    require(runId.equals(label(pod, RunPod.RUN_ID)), "the Pod is not of this run");
    require(RunPod.hasMover(pod, image), "the Pod's mover has another image");
    Job job = job(pod);
    Map<String, String> facts =
        Objects.requireNonNullElse(job.getMetadata().getAnnotations(), Map.<String, String>of());
    if (!attempt.equals(facts.get(RunPod.ATTEMPT))) {
      throw new Refusal(409, "Attempt", "the Job is of another attempt");
    }
    String workloadKey = label(pod, RunPod.WORKLOAD);
    return admitted(workloadKey, runId, attempt, job);
  }

  private Admitted admitted(String workloadKey, String runId, String attempt, Job job) {
    Entry.Planned run;
    Entry.Attempt begun;
    try {
      run =
          journal
              .planned(workloadKey, runId)
              .orElseThrow(() -> new Refusal(404, "Run", "no such run"));
      begun =
          journal
              .attempt(workloadKey, runId, attempt)
              .orElseThrow(() -> new Refusal(404, "Attempt", "no such attempt"));
    } catch (IllegalArgumentException e) {
      throw new Refusal(403, "Pod", "not the names of a run");
    }
    require(
        run.namespace().equals(job.getMetadata().getNamespace())
            && begun.job().equals(job.getMetadata().getName()),
        "the Job is not the one of this attempt");
    return new Admitted(workloadKey, run, begun, job);
  }

  private Pod pod(Caller caller) {
    require(
        caller.namespace().isPresent()
            && caller.podName().isPresent()
            && caller.podUid().isPresent(),
        "the token is not bound to a Pod");
    ObjectName name =
        ObjectName.in(caller.namespace().orElseThrow(), caller.podName().orElseThrow());
    Pod pod =
        cluster
            .find(Pod.class, name)
            .orElseThrow(() -> new Refusal(403, "Pod", "Pod " + name + " does not exist"));
    require(
        caller.podUid().orElseThrow().equals(pod.getMetadata().getUid()),
        "Pod " + name + " was replaced");
    require(pod.getMetadata().getDeletionTimestamp() == null, "Pod " + name + " is being deleted");
    return pod;
  }

  private Job job(Pod pod) {
    var owner =
        pod.getMetadata().getOwnerReferences().stream()
            .filter(o -> "Job".equals(o.getKind()) && Boolean.TRUE.equals(o.getController()))
            .findFirst()
            .orElseThrow(() -> new Refusal(403, "Pod", "the Pod belongs to no Job"));
    ObjectName name = ObjectName.in(pod.getMetadata().getNamespace(), owner.getName());
    Job job =
        cluster
            .find(Job.class, name)
            .orElseThrow(() -> new Refusal(403, "Pod", "Job " + name + " does not exist"));
    require(owner.getUid().equals(job.getMetadata().getUid()), "Job " + name + " was replaced");
    return job;
  }

  private static String label(Pod pod, String key) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    return labels == null ? "" : labels.getOrDefault(key, "");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new Refusal(403, "Pod", message);
    }
  }
}
