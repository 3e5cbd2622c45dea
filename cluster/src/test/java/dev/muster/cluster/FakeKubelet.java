package dev.muster.cluster;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Plays kubelet and Job controller of a fake cluster: a new Job gets its Pod, and each new Pod the
/// status that the test has prescribed; without a prescription its containers end with 0.
public final class FakeKubelet implements AutoCloseable {
  private final FakeCluster cluster;
  private final Watching<Pod> watching;
  private final Map<String, String> messages = new HashMap<>();
  private final Map<String, Integer> codes = new HashMap<>();
  private final Set<String> running = new HashSet<>();
  private final Watching<Job> jobs;
  private String unschedulable = "";

  public FakeKubelet(FakeCluster cluster) {
    this.cluster = cluster;
    this.jobs = cluster.watch(Job.class, Query.all(), Duration.ofHours(1), this::job);
    this.watching = cluster.watch(Pod.class, Query.all(), Duration.ofHours(1), this::seen);
  }

  public FakeKubelet ends(String container, int code, String message) {
    codes.put(container, code);
    messages.put(container, message);
    return this;
  }

  /// Pods of this name run and are ready, and go on.
  public FakeKubelet keeps(String pod) {
    running.add(pod);
    return this;
  }

  public FakeKubelet schedulesNothing(String why) {
    unschedulable = why;
    return this;
  }

  @Override
  public void close() {
    watching.close();
    jobs.close();
  }

  private void seen(Change<Pod> change) {
    if (change instanceof Change.Present<Pod>(Pod pod, var before) && before.isEmpty()) {
      cluster.edit(Pod.class, ObjectName.of(pod), this::run);
    }
  }

  private void job(Change<Job> change) {
    if (!(change instanceof Change.Present<Job>(Job job, var before) && before.isEmpty())) {
      return;
    }
    String name = job.getMetadata().getName();
    cluster.create(
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(job.getMetadata().getNamespace())
            .withName(name + "-x")
            .addToLabels("batch.kubernetes.io/job-name", name)
            .endMetadata()
            .withSpec(job.getSpec().getTemplate().getSpec())
            .build());
    cluster.edit(
        Job.class,
        ObjectName.of(job),
        seen -> seen.setStatus(new JobStatusBuilder().withActive(1).build()));
  }

  private void run(Pod pod) {
    if (!unschedulable.isEmpty()) {
      pod.setStatus(
          new PodStatusBuilder()
              .withPhase("Pending")
              .addNewCondition()
              .withType("PodScheduled")
              .withStatus("False")
              .withMessage(unschedulable)
              .endCondition()
              .build());
      return;
    }
    List<ContainerStatus> inits = new ArrayList<>();
    pod.getSpec().getInitContainers().forEach(it -> inits.add(ended(it.getName())));
    boolean broken =
        inits.stream().anyMatch(it -> it.getState().getTerminated().getExitCode() != 0);
    boolean engine = running.contains(pod.getMetadata().getName());
    List<ContainerStatus> statuses = new ArrayList<>();
    if (!engine && !broken) {
      pod.getSpec().getContainers().forEach(it -> statuses.add(ended(it.getName())));
    }
    pod.setStatus(
        new PodStatusBuilder()
            .withPhase(broken ? "Failed" : engine ? "Running" : "Succeeded")
            .withPodIP("10.1.0.7")
            .withInitContainerStatuses(inits)
            .withContainerStatuses(statuses)
            .withConditions(new PodConditionBuilder().withType("Ready").withStatus("True").build())
            .build());
  }

  private ContainerStatus ended(String name) {
    int code = codes.getOrDefault(name, 0);
    return new ContainerStatusBuilder()
        .withName(name)
        .withNewState()
        .withNewTerminated()
        .withExitCode(code)
        .withReason(code == 0 ? "Completed" : "Error")
        .withMessage(messages.getOrDefault(name, ""))
        .endTerminated()
        .endState()
        .build();
  }
}
