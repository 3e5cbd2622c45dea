package dev.muster.auditor.contract;

import dev.muster.cluster.Change;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.ObjectName;
import dev.muster.cluster.Query;
import dev.muster.cluster.Watching;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Watches everything that holds data or uses it, and tells each change to one listener.
public final class ClusterView implements AutoCloseable {

  private static final Duration RESYNC = Duration.ofMinutes(5);

  private final List<Watching<?>> all = new ArrayList<>();
  private final Watching<Namespace> namespaces;
  private final Watching<StatefulSet> statefulSets;
  private final Watching<Deployment> deployments;
  private final Watching<DaemonSet> daemonSets;
  private final Watching<Pod> pods;

  private ClusterView(Cluster cluster, Consumer<Change<? extends HasMetadata>> listener) {
    this.namespaces = watch(cluster, Namespace.class, listener);
    watch(cluster, PersistentVolumeClaim.class, listener);
    watch(cluster, PersistentVolume.class, listener);
    this.pods = watch(cluster, Pod.class, listener);
    this.statefulSets = watch(cluster, StatefulSet.class, listener);
    this.deployments = watch(cluster, Deployment.class, listener);
    this.daemonSets = watch(cluster, DaemonSet.class, listener);
    watch(cluster, CronJob.class, listener);
    watch(cluster, Service.class, listener);
  }

  /// Blocks until each kind was listed once. The listener may hear changes before that.
  public static ClusterView open(
      Cluster cluster, Consumer<Change<? extends HasMetadata>> listener) {
    return new ClusterView(cluster, listener);
  }

  /// Everything, as last seen. Shared: never modify it.
  public Stream<HasMetadata> objects() {
    return all.stream().flatMap(watch -> watch.items().stream());
  }

  /// An object of a kind that is watched, as last seen. Shared: never modify it.
  public Optional<HasMetadata> find(String kind, ObjectName name) {
    return all.stream()
        .flatMap(watch -> watch.item(name).stream())
        .filter(object -> object.getKind().equals(kind))
        .map(HasMetadata.class::cast)
        .findFirst();
  }

  public List<Workload> workloads() {
    return Stream.of(statefulSets, deployments, daemonSets)
        .flatMap(watch -> watch.items().stream())
        .flatMap(object -> Workload.of(object).stream())
        .toList();
  }

  public Optional<Namespace> namespace(String name) {
    return namespaces.item(ObjectName.global(name));
  }

  /// The Pods that a workload selects.
  public List<Pod> podsOf(Workload workload) {
    return pods.items().stream()
        .filter(pod -> workload.ref().namespace().equals(pod.getMetadata().getNamespace()))
        .filter(pod -> workload.selects(pod.getMetadata().getLabels()))
        .toList();
  }

  /// Empty when all is well, else which kind is no longer followed.
  public Optional<String> problem() {
    long dead = all.stream().filter(watch -> !watch.live()).count();
    return dead == 0 ? Optional.empty() : Optional.of(dead + " watches are not connected");
  }

  @Override
  public void close() {
    all.forEach(Watching::close);
  }

  private <T extends HasMetadata> Watching<T> watch(
      Cluster cluster, Class<T> kind, Consumer<Change<? extends HasMetadata>> listener) {
    try {
      Watching<T> watching = cluster.watch(kind, Query.all(), RESYNC, listener::accept);
      all.add(watching);
      return watching;
    } catch (ClusterException e) {
      close();
      throw e;
    }
  }
}
