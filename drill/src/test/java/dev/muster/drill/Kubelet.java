package dev.muster.drill;

import dev.muster.cluster.Change;
import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.ObjectName;
import dev.muster.cluster.Query;
import dev.muster.cluster.Watching;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Plays the kubelet of a fake cluster: each new Pod gets the status that the test has prescribed.
final class Kubelet implements AutoCloseable {
  private final FakeCluster cluster;
  private final Watching<Pod> watching;
  private final Map<String, String> messages = new HashMap<>();
  private final Map<String, Integer> codes = new HashMap<>();
  private String unschedulable = "";

  Kubelet(FakeCluster cluster) {
    this.cluster = cluster;
    this.watching = cluster.watch(Pod.class, Query.all(), Duration.ofHours(1), this::seen);
  }

  Kubelet ends(String container, int code, String message) {
    codes.put(container, code);
    messages.put(container, message);
    return this;
  }

  Kubelet schedulesNothing(String why) {
    unschedulable = why;
    return this;
  }

  @Override
  public void close() {
    watching.close();
  }

  private void seen(Change<Pod> change) {
    if (change instanceof Change.Present<Pod>(Pod pod, var before) && before.isEmpty()) {
      cluster.edit(Pod.class, ObjectName.of(pod), this::run);
    }
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
    boolean engine = pod.getMetadata().getName().equals("engine");
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
