package dev.muster.auditor.run;

import dev.muster.cluster.LastWords;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one Pod of a run.
final class PodReader {

  private static final Set<String> IMAGE_TROUBLE =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError",
          "RegistryUnavailable");
  private static final Set<String> CONFIG_TROUBLE =
      Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");

  private static final Set<FailureReason> PRODUCING =
      Set.of(FailureReason.DUMP, FailureReason.PROBE);

  /// What a mover says when what it reads from failed first.
  private static final Set<String> OF_PRODUCERS =
      Set.of("ProducerSilent", "StreamLost", "UnexpectedFormat", "ProbeTooLarge");

  /// A mover ends within this time after a producer, and may name the cause: the network, the
  /// store, or that it was killed, which broke the pipe.
  private static final Duration MOVER_WORD = Duration.ofSeconds(30);

  private PodReader() {}

  static PodReading read(Pod pod, Instant now) {
    PodStatus status = pod.getStatus();
    if (status == null) {
      return new PodReading.Underway("Pending", created(pod));
    }
    Optional<PodReading.Broken> broken = worst(status);
    if (broken.isPresent()) {
      return moverMayKnow(status, broken.get(), now)
          ? new PodReading.Underway("Ending", created(pod))
          : broken.get();
    }
    if ("Failed".equals(status.getPhase())) {
      return failedPod(status);
    }
    if ("Succeeded".equals(status.getPhase()) || allEnded(pod, status)) {
      return finished(pod, status);
    }
    return waiting(pod, status);
  }

  private static boolean moverMayKnow(PodStatus status, PodReading.Broken broken, Instant now) {
    return PRODUCING.contains(broken.reason())
        && running(status, RunPod.MOVER)
        && status.getContainerStatuses().stream()
            .filter(container -> broken(container).isPresent())
            .flatMap(container -> Optional.ofNullable(terminated(container)).stream())
            .filter(end -> end.getFinishedAt() != null)
            .anyMatch(end -> now.isBefore(Instant.parse(end.getFinishedAt()).plus(MOVER_WORD)));
  }

  /// The failure that explains the others: a blocked network first, what the mover says of its
  /// producers last.
  private static Optional<PodReading.Broken> worst(PodStatus status) {
    List<PodReading.Broken> all =
        containers(status).stream()
            .flatMap(container -> broken(container).stream())
            .sorted(Comparator.comparingInt(PodReader::rank))
            .toList();
    return all.stream().findFirst().map(first -> withProbe(first, all));
  }

  /// A dump fails without the snapshot that its probe holds: why the probe ended is told, too.
  private static PodReading.Broken withProbe(PodReading.Broken first, List<PodReading.Broken> all) {
    if (first.reason() != FailureReason.DUMP) {
      return first;
    }
    return all.stream()
        .filter(other -> other.reason() == FailureReason.PROBE)
        .findFirst()
        .map(probe -> new PodReading.Broken(first.reason(), first.detail() + "; " + probe.detail()))
        .orElse(first);
  }

  private static int rank(PodReading.Broken broken) {
    return switch (broken.reason()) {
      case NETWORK -> 0;
      case PIPES -> 1;
      case OUT_OF_MEMORY -> 2;
      case MOVER -> OF_PRODUCERS.stream().anyMatch(broken.detail()::startsWith) ? 7 : 3;
      case DUMP -> 4;
      case PROBE -> 5;
      default -> 6;
    };
  }

  private static boolean running(PodStatus status, String name) {
    return status.getContainerStatuses().stream()
        .anyMatch(c -> c.getName().equals(name) && terminated(c) == null);
  }

  /// A container that ended otherwise than with 0, or in a way nobody knows.
  private static Optional<PodReading.Broken> broken(ContainerStatus container) {
    ContainerStateTerminated end = terminated(container);
    if (end == null) {
      return Optional.empty();
    }
    String name = container.getName();
    if (end.getExitCode() == null || "ContainerStatusUnknown".equals(end.getReason())) {
      return Optional.of(
          new PodReading.Broken(
              FailureReason.UNKNOWN_EXIT, "nobody knows how container " + name + " ended"));
    }
    if (end.getExitCode() == 0) {
      return Optional.empty();
    }
    if ("OOMKilled".equals(end.getReason())) {
      return Optional.of(
          new PodReading.Broken(
              FailureReason.OUT_OF_MEMORY,
              "container " + name + " was killed for its memory limit"));
    }
    return Optional.of(ended(name, end.getExitCode(), message(end)));
  }

  private static PodReading.Broken ended(String name, int code, String message) {
    String words = LastWords.of(message);
    String said =
        "container " + name + " ended with " + code + (words.isEmpty() ? "" : ": ") + words;
    if (name.equals(JobShape.PIPES)) {
      return new PodReading.Broken(FailureReason.PIPES, said);
    }
    if (name.equals(RunPod.MOVER)) {
      return moverEnded(said, message);
    }
    return new PodReading.Broken(
        name.startsWith(JobShape.PROBE) ? FailureReason.PROBE : FailureReason.DUMP, said);
  }

  private static PodReading.Broken moverEnded(String said, String message) {
    return MoverWord.read(message)
        .map(last ->
            new PodReading.Broken(
                last.reason().startsWith("BlockedNetwork")
                    ? FailureReason.NETWORK
                    : FailureReason.MOVER,
                last.reason() + ": " + last.detail()))
        .orElseGet(() -> new PodReading.Broken(FailureReason.MOVER, said));
  }

  /// The Pod as a whole failed although no container did: evicted, node lost, deadline.
  private static PodReading failedPod(PodStatus status) {
    String reason = String.valueOf(status.getReason());
    String detail = reason + ": " + status.getMessage();
    return switch (reason) {
      case "DeadlineExceeded" -> new PodReading.Broken(FailureReason.DEADLINE, detail);
      case "Evicted",
          "Preempting",
          "NodeLost",
          "NodeShutdown",
          "Shutdown",
          "Terminated",
          "UnexpectedAdmissionError" ->
          new PodReading.Broken(FailureReason.EVICTED, detail);
      default -> new PodReading.Broken(FailureReason.UNKNOWN_EXIT, detail);
    };
  }

  private static boolean allEnded(Pod pod, PodStatus status) {
    List<ContainerStatus> statuses = status.getContainerStatuses();
    return statuses.size() == pod.getSpec().getContainers().size()
        && statuses.stream().allMatch(container -> terminated(container) != null);
  }

  private static PodReading finished(Pod pod, PodStatus status) {
    Map<String, Integer> codes = new HashMap<>();
    String message = "";
    for (ContainerStatus container : status.getContainerStatuses()) {
      ContainerStateTerminated end = terminated(container);
      if (end != null) {
        codes.put(container.getName(), end.getExitCode());
        message = container.getName().equals(RunPod.MOVER) ? message(end) : message;
      }
    }
    boolean complete =
        pod.getSpec().getContainers().stream().allMatch(c -> codes.containsKey(c.getName()));
    return complete
        ? new PodReading.Finished(codes, message)
        : new PodReading.Broken(
            FailureReason.UNKNOWN_EXIT, "the Pod succeeded but a container's exit code is missing");
  }

  private static PodReading waiting(Pod pod, PodStatus status) {
    for (ContainerStatus container : containers(status)) {
      var wait = container.getState() == null ? null : container.getState().getWaiting();
      if (wait == null || wait.getReason() == null) {
        continue;
      }
      String detail =
          "container " + container.getName() + ": " + wait.getReason() + ": " + wait.getMessage();
      if (IMAGE_TROUBLE.contains(wait.getReason())) {
        return new PodReading.Stuck(FailureReason.IMAGE, detail, created(pod));
      }
      if (CONFIG_TROUBLE.contains(wait.getReason())) {
        return new PodReading.Stuck(FailureReason.CONTAINER_CONFIG, detail, created(pod));
      }
    }
    for (PodCondition condition : status.getConditions()) {
      if ("PodScheduled".equals(condition.getType())
          && "False".equals(condition.getStatus())
          && "Unschedulable".equals(condition.getReason())) {
        return new PodReading.Stuck(
            FailureReason.UNSCHEDULABLE, String.valueOf(condition.getMessage()), created(pod));
      }
    }
    return new PodReading.Underway(String.valueOf(status.getPhase()), created(pod));
  }

  private static List<ContainerStatus> containers(PodStatus status) {
    List<ContainerStatus> all = new ArrayList<>(status.getInitContainerStatuses());
    all.addAll(status.getContainerStatuses());
    return all;
  }

  private static @Nullable ContainerStateTerminated terminated(ContainerStatus container) {
    return container.getState() == null ? null : container.getState().getTerminated();
  }

  private static String message(ContainerStateTerminated end) {
    String message = end.getMessage() == null ? "" : end.getMessage().strip();
    return message.length() <= 2000 ? message : message.substring(message.length() - 2000);
  }

  private static Instant created(Pod pod) {
    String stamp = pod.getMetadata().getCreationTimestamp();
    return stamp == null ? Instant.EPOCH : Instant.parse(stamp);
  }
}
