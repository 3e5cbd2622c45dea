package dev.muster.auditor.run;

import dev.muster.auditor.contract.Workload;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Which Pod of a workload is captured: a ready one, the lowest name of its length first, so that
/// `db-2` comes before `db-10`.
final class TargetChoice {

  private TargetChoice() {}

  static Optional<Pod> of(Workload workload, List<Pod> pods) {
    return pods.stream()
        .filter(pod -> workload.selects(pod.getMetadata().getLabels()))
        .filter(pod -> !isRun(pod))
        .filter(TargetChoice::ready)
        .min(
            Comparator.<Pod>comparingInt(pod -> pod.getMetadata().getName().length())
                .thenComparing(pod -> pod.getMetadata().getName()));
  }

  static Optional<Container> container(Pod pod, String name) {
    return pod.getSpec().getContainers().stream().filter(c -> c.getName().equals(name)).findFirst();
  }

  /// The digest of the image that runs, as the kubelet reports it.
  static Optional<String> imageDigest(Pod pod, String container) {
    return pod.getStatus().getContainerStatuses().stream()
        .filter(status -> status.getName().equals(container))
        .map(status -> status.getImageID())
        .filter(id -> id != null && id.contains("sha256:"))
        .map(id -> id.substring(id.indexOf("sha256:")))
        .findFirst();
  }

  private static boolean ready(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() == null
        && pod.getStatus() != null
        && pod.getStatus().getPodIP() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  private static boolean isRun(Pod pod) {
    return pod.getMetadata().getLabels() != null
        && pod.getMetadata().getLabels().containsKey(RunPod.ROLE);
  }
}
