package dev.muster.auditor.contract;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.Query;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Everything that coverage judges, at about one moment. Never modify what is inside.
public record Inventory(
    List<Namespace> namespaces,
    List<Workload> workloads,
    List<PersistentVolumeClaim> claims,
    List<PersistentVolume> volumes,
    List<Pod> pods) {

  public Inventory {
    namespaces = List.copyOf(namespaces);
    workloads = List.copyOf(workloads);
    claims = List.copyOf(claims);
    volumes = List.copyOf(volumes);
    pods = List.copyOf(pods);
  }

  /// Lists everything once; throws where one list fails, since a part would look like a whole.
  public static Inventory list(Cluster cluster, Query query) {
    List<HasMetadata> workloads = new ArrayList<>();
    workloads.addAll(cluster.list(StatefulSet.class, query));
    workloads.addAll(cluster.list(Deployment.class, query));
    workloads.addAll(cluster.list(DaemonSet.class, query));
    return new Inventory(
        cluster.list(Namespace.class, Query.all()),
        workloads(workloads.stream()),
        cluster.list(PersistentVolumeClaim.class, query),
        cluster.list(PersistentVolume.class, Query.all()),
        cluster.list(Pod.class, query));
  }

  /// What some objects hold that need not be in a cluster.
  public static Inventory of(List<? extends HasMetadata> objects) {
    return new Inventory(
        some(Namespace.class, objects),
        workloads(objects.stream()),
        some(PersistentVolumeClaim.class, objects),
        some(PersistentVolume.class, objects),
        some(Pod.class, objects));
  }

  private static <T> List<T> some(Class<T> kind, List<? extends HasMetadata> objects) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  static List<Workload> workloads(Stream<? extends HasMetadata> objects) {
    return objects.flatMap(object -> Workload.of(object).stream()).toList();
  }

  public Optional<Namespace> namespace(String name) {
    return namespaces.stream().filter(n -> name.equals(n.getMetadata().getName())).findFirst();
  }

  /// The annotations of a namespace, empty where it is not known.
  public Map<String, String> namespaceAnnotations(String name) {
    return namespace(name)
        .map(n ->
            Objects.requireNonNullElse(n.getMetadata().getAnnotations(), Map.<String, String>of()))
        .orElse(Map.of());
  }

  /// The Pods that a workload selects in its namespace.
  public List<Pod> podsOf(Workload workload) {
    return pods.stream()
        .filter(pod -> workload.ref().namespace().equals(pod.getMetadata().getNamespace()))
        .filter(pod -> workload.selects(pod.getMetadata().getLabels()))
        .toList();
  }
}
