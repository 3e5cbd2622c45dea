package dev.muster.auditor.run;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.ObjectName;
import dev.muster.repository.Json;
import dev.muster.repository.wire.Termination;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Plays Job controller and kubelet for one attempt.
public final class Kubelet {

  private static final String REPORTED =
      new String(
          Json.encode(new Termination(Termination.Outcome.reported, "", "")),
          StandardCharsets.UTF_8);

  private final FakeCluster cluster;

  public Kubelet(FakeCluster cluster) {
    this.cluster = cluster;
  }

  public static Optional<Job> job(Cluster cluster, Entry.Attempt attempt) {
    return cluster.find(Job.class, ObjectName.in("shop", attempt.job()));
  }

  /// Starts the Job's Pod with all containers running.
  public Pod start(Entry.Attempt attempt) {
    return start(attempt, "");
  }

  Pod start(Entry.Attempt attempt, String suffix) {
    Job job = job(cluster, attempt).orElseThrow();
    var template = job.getSpec().getTemplate();
    return cluster.create(
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName(attempt.job() + "-pod" + suffix)
            .withLabels(template.getMetadata().getLabels())
            .withOwnerReferences(
                new OwnerReferenceBuilder()
                    .withApiVersion("batch/v1")
                    .withKind("Job")
                    .withName(job.getMetadata().getName())
                    .withUid(job.getMetadata().getUid())
                    .withController(true)
                    .build())
            .endMetadata()
            .withSpec(template.getSpec())
            .withNewStatus()
            .withPhase("Running")
            .endStatus()
            .build());
  }

  /// All containers end with 0, except those named.
  public void end(Pod pod, Map<String, Integer> codes) {
    statuses(
        pod,
        pod.getSpec().getContainers().stream()
            .map(c -> ended(c.getName(), codes.getOrDefault(c.getName(), 0), "Completed"))
            .toList());
  }

  /// One container ended, the others still run.
  void endOnly(Pod pod, String container, int code, String reason) {
    List<ContainerStatus> all = new ArrayList<>();
    pod.getSpec()
        .getContainers()
        .forEach(c ->
            all.add(
                c.getName().equals(container)
                    ? ended(container, code, reason)
                    : running(c.getName())));
    statuses(pod, all);
  }

  /// The Job controller deletes the Pod; the kubelet has not ended it yet.
  void leave(Pod pod) {
    edit(pod, p -> p.getMetadata().setDeletionTimestamp("2026-11-01T00:00:00Z"));
  }

  /// The Job controller says why the Job is about to fail.
  void failing(Entry.Attempt attempt, String reason) {
    Job job = job(cluster, attempt).orElseThrow();
    var unused =
        cluster.edit(
            Job.class,
            ObjectName.of(job),
            j ->
                j.setStatus(
                    new JobStatusBuilder()
                        .addNewCondition()
                        .withType("FailureTarget")
                        .withStatus("True")
                        .withReason(reason)
                        .endCondition()
                        .build()));
  }

  void edit(Pod pod, java.util.function.Consumer<Pod> change) {
    var unused = cluster.edit(Pod.class, ObjectName.of(pod), change);
  }

  private void statuses(Pod pod, List<ContainerStatus> statuses) {
    edit(pod, p -> p.getStatus().setContainerStatuses(statuses));
  }

  static ContainerStatus ended(String name, int code, String reason) {
    return new ContainerStatusBuilder()
        .withName(name)
        .withNewState()
        .withNewTerminated()
        .withExitCode(code)
        .withReason(reason)
        .withMessage(name.equals("mover") && code == 0 ? REPORTED : "said " + name)
        .endTerminated()
        .endState()
        .build();
  }

  static ContainerStatus running(String name) {
    return new ContainerStatusBuilder()
        .withName(name)
        .withNewState()
        .withNewRunning()
        .endRunning()
        .endState()
        .build();
  }
}
