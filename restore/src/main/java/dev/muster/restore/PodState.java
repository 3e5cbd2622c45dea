package dev.muster.restore;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a Pod's status says, read without guessing: what is not there has not happened.
public sealed interface PodState {

  /// Not running yet, and nothing says that it cannot.
  record Pending() implements PodState {}

  /// Not running, and the cluster says why: no node fits, no image, a broken configuration.
  record Stuck(String reason) implements PodState {}

  /// @param ended the containers that ended already
  record Running(List<ContainerEnd> ended, boolean ready) implements PodState {
    public Running {
      ended = List.copyOf(ended);
    }
  }

  /// All containers ended, or an init container failed so that they never start.
  record Ended(List<ContainerEnd> containers) implements PodState {
    public Ended {
      containers = List.copyOf(containers);
    }

    public Optional<ContainerEnd> container(String name) {
      return containers.stream().filter(end -> end.name().equals(name)).findFirst();
    }
  }

  /// Deleted, evicted or past its deadline before its containers reported.
  record Lost(String reason) implements PodState {}

  Set<String> NEVER_STARTS =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "ErrImageNeverPull",
          "InvalidImageName",
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError");

  static PodState of(Optional<Pod> seen) {
    if (seen.isEmpty()) {
      return new Lost("the Pod is gone");
    }
    Pod pod = seen.get();
    if (pod.getStatus() == null) {
      return new Pending();
    }
    Optional<String> taken = takenAway(pod);
    if (taken.isPresent()) {
      return new Lost(taken.get());
    }
    List<ContainerEnd> inits = ends(pod.getStatus().getInitContainerStatuses());
    List<ContainerEnd> ends = ends(pod.getStatus().getContainerStatuses());
    if (inits.stream().anyMatch(end -> !end.succeeded())) {
      return new Ended(inits);
    }
    if (ends.size() == pod.getSpec().getContainers().size()) {
      return new Ended(ends);
    }
    Optional<String> stuck = stuck(pod);
    if (stuck.isPresent()) {
      return new Stuck(stuck.get());
    }
    return "Running".equals(pod.getStatus().getPhase())
        ? new Running(
            ends, condition(pod, "Ready").map(is -> is.getStatus().equals("True")).orElse(false))
        : new Pending();
  }

  /// Exit codes of a Pod that the cluster took away say nothing about what ran in it.
  private static Optional<String> takenAway(Pod pod) {
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      return Optional.of("the Pod is being deleted");
    }
    if (condition(pod, "DisruptionTarget")
        .filter(is -> is.getStatus().equals("True"))
        .isPresent()) {
      return Optional.of("the Pod was evicted");
    }
    String reason = word(pod.getStatus().getReason());
    return "Failed".equals(pod.getStatus().getPhase()) && !reason.isEmpty()
        ? Optional.of(
            ("the Pod failed: " + reason + " " + word(pod.getStatus().getMessage())).strip())
        : Optional.empty();
  }

  private static Optional<String> stuck(Pod pod) {
    Optional<PodCondition> scheduled =
        condition(pod, "PodScheduled").filter(is -> is.getStatus().equals("False"));
    if (scheduled.isPresent()) {
      return Optional.of("not scheduled: " + word(scheduled.get().getMessage()));
    }
    return Stream.concat(
            pod.getStatus().getInitContainerStatuses().stream(),
            pod.getStatus().getContainerStatuses().stream())
        .map(ContainerStatus::getState)
        .filter(state -> state != null && state.getWaiting() != null)
        .map(state -> state.getWaiting())
        .filter(waiting -> NEVER_STARTS.contains(word(waiting.getReason())))
        .map(waiting -> waiting.getReason() + ": " + word(waiting.getMessage()))
        .findFirst();
  }

  private static List<ContainerEnd> ends(List<ContainerStatus> statuses) {
    List<ContainerEnd> ends = new ArrayList<>();
    for (ContainerStatus status : statuses) {
      var terminated = status.getState() == null ? null : status.getState().getTerminated();
      if (terminated != null) {
        Integer code = terminated.getExitCode();
        ends.add(
            new ContainerEnd(
                status.getName(),
                code == null ? -1 : code,
                word(terminated.getReason()),
                word(terminated.getMessage())));
      }
    }
    return ends;
  }

  private static Optional<PodCondition> condition(Pod pod, String type) {
    return pod.getStatus().getConditions().stream()
        .filter(condition -> type.equals(condition.getType()))
        .findFirst();
  }

  private static String word(String text) {
    return Objects.requireNonNullElse(text, "");
  }
}
