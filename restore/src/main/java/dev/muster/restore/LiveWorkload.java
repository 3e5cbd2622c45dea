package dev.muster.restore;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ObjectName;
import dev.muster.repository.Manifest;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The workload that a point came from, as it runs now: where its server answers, and what its
/// tools need.
///
/// @param address of a ready Pod
record LiveWorkload(String address, Client client) {

  /// @throws UnfitException when there is nothing to restore into
  static LiveWorkload find(Cluster cluster, Manifest.Identity identity) {
    ObjectName name = ObjectName.in(identity.namespace(), identity.name());
    return switch (identity.kind()) {
      case "StatefulSet" -> {
        StatefulSet found =
            cluster.find(StatefulSet.class, name).orElseThrow(() -> absent(identity));
        yield of(
            cluster,
            identity,
            found,
            found.getSpec().getSelector(),
            found.getSpec().getTemplate().getSpec());
      }
      case "Deployment" -> {
        Deployment found = cluster.find(Deployment.class, name).orElseThrow(() -> absent(identity));
        yield of(
            cluster,
            identity,
            found,
            found.getSpec().getSelector(),
            found.getSpec().getTemplate().getSpec());
      }
      default -> throw new UnfitException("cannot restore into a " + identity.kind() + ": " + name);
    };
  }

  private static LiveWorkload of(
      Cluster cluster,
      Manifest.Identity identity,
      HasMetadata object,
      @Nullable LabelSelector selector,
      PodSpec template) {
    return LivePods.of(cluster, object, selector).stream()
        .filter(LiveWorkload::ready)
        .min(
            Comparator.comparingInt((Pod pod) -> pod.getMetadata().getName().length())
                .thenComparing(pod -> pod.getMetadata().getName()))
        .map(pod ->
            new LiveWorkload(
                pod.getStatus().getPodIP(), client(container(template, identity), template)))
        .orElseThrow(() ->
            new UnfitException(
                "%s %s/%s has no ready Pod to restore into: start it first"
                    .formatted(identity.kind(), identity.namespace(), identity.name())));
  }

  private static boolean ready(Pod pod) {
    return PodState.of(Optional.of(pod)) instanceof PodState.Running running && running.ready();
  }

  private static Container container(PodSpec template, Manifest.Identity identity) {
    return template.getContainers().stream()
        .filter(container -> container.getName().equals(identity.container()))
        .findFirst()
        .orElseThrow(() ->
            new UnfitException(
                "%s %s/%s has no container %s any more"
                    .formatted(
                        identity.kind(),
                        identity.namespace(),
                        identity.name(),
                        identity.container())));
  }

  private static Client client(Container container, PodSpec template) {
    return new Client(
        container.getImage(),
        Objects.requireNonNullElse(container.getImagePullPolicy(), "IfNotPresent"),
        container.getEnv(),
        container.getEnvFrom(),
        template.getImagePullSecrets(),
        container.getSecurityContext(),
        template.getSecurityContext());
  }

  private static UnfitException absent(Manifest.Identity identity) {
    return new UnfitException(
        "%s %s/%s does not exist: create it first, empty; the point is restored into it"
            .formatted(identity.kind(), identity.namespace(), identity.name()));
  }
}
