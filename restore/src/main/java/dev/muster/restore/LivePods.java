package dev.muster.restore;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.Query;
import dev.muster.cluster.Selectors;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Pods of a workload and of nobody else: a restore into a neighbour is worse than none.
final class LivePods {
  private static final String HASH = "pod-template-hash";

  private LivePods() {}

  /// Those that the whole selector matches, without the ones that another controller made.
  ///
  /// @throws UnfitException when the selector tells no Pod from another
  static List<Pod> of(Cluster cluster, HasMetadata workload, @Nullable LabelSelector selector) {
    var metadata = workload.getMetadata();
    if (selector == null || Selectors.isEmpty(selector)) {
      throw new UnfitException(
          "%s %s/%s has an empty selector, so its Pods cannot be told from others: give it labels"
              .formatted(workload.getKind(), metadata.getNamespace(), metadata.getName()));
    }
    Query query = Query.in(metadata.getNamespace());
    Map<String, String> labels = Objects.requireNonNullElse(selector.getMatchLabels(), Map.of());
    for (var label : labels.entrySet()) {
      query = query.label(label.getKey(), label.getValue());
    }
    return cluster.list(Pod.class, query).stream()
        .filter(pod -> Selectors.matches(selector, pod.getMetadata().getLabels()))
        .filter(pod -> controller(pod).map(owner -> isOf(workload, pod, owner)).orElse(true))
        .toList();
  }

  private static Optional<OwnerReference> controller(Pod pod) {
    return Objects.requireNonNullElse(
            pod.getMetadata().getOwnerReferences(), List.<OwnerReference>of())
        .stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .findFirst();
  }

  /// A Deployment owns its Pods through a ReplicaSet, which is named after it and the Pods' hash.
  private static boolean isOf(HasMetadata workload, Pod pod, OwnerReference owner) {
    if (!(workload instanceof Deployment)) {
      return Objects.equals(owner.getUid(), workload.getMetadata().getUid());
    }
    Map<String, String> labels =
        Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of());
    return owner.getKind().equals("ReplicaSet")
        && owner
            .getName()
            .equals(workload.getMetadata().getName() + "-" + labels.getOrDefault(HASH, ""));
  }
}
