package dev.muster.drill;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ObjectName;
import dev.muster.cluster.Query;
import dev.muster.cluster.Watching;
import dev.muster.model.ContractReader;
import dev.muster.model.ContractSources;
import dev.muster.model.WorkloadRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The workloads of the cluster as last seen, with their contracts.
final class Workloads implements AutoCloseable {
  private static final Duration RESYNC = Duration.ofMinutes(10);

  private final Watching<Namespace> namespaces;
  private final Watching<StatefulSet> statefulSets;
  private final Watching<Deployment> deployments;
  private final ContractReader reader;

  private Workloads(
      Watching<Namespace> namespaces,
      Watching<StatefulSet> statefulSets,
      Watching<Deployment> deployments,
      ContractReader reader) {
    this.namespaces = namespaces;
    this.statefulSets = statefulSets;
    this.deployments = deployments;
    this.reader = reader;
  }

  static Workloads watch(Cluster cluster, ContractReader reader) {
    return new Workloads(
        cluster.watch(Namespace.class, Query.all(), RESYNC, _ -> {}),
        cluster.watch(StatefulSet.class, Query.all(), RESYNC, _ -> {}),
        cluster.watch(Deployment.class, Query.all(), RESYNC, _ -> {}),
        reader);
  }

  boolean live() {
    return namespaces.live() && statefulSets.live() && deployments.live();
  }

  List<DrillSubject> subjects() {
    return objects().map(this::subject).toList();
  }

  /// The object that events are about.
  Optional<HasMetadata> object(WorkloadRef workload) {
    return objects().filter(object -> ref(object).key().equals(workload.key())).findFirst();
  }

  @Override
  public void close() {
    namespaces.close();
    statefulSets.close();
    deployments.close();
  }

  private Stream<HasMetadata> objects() {
    return Stream.concat(statefulSets.items().stream(), deployments.items().stream());
  }

  private DrillSubject subject(HasMetadata object) {
    Map<String, String> defaults =
        namespaces
            .item(ObjectName.global(object.getMetadata().getNamespace()))
            .map(Workloads::annotations)
            .orElse(Map.of());
    WorkloadRef workload = ref(object);
    var reading = reader.read(workload, ContractSources.of(defaults, annotations(object)));
    return new DrillSubject(workload, reading.effective());
  }

  private static WorkloadRef ref(HasMetadata object) {
    return new WorkloadRef(
        object.getKind(),
        object.getMetadata().getNamespace(),
        object.getMetadata().getName(),
        object.getMetadata().getUid());
  }

  private static Map<String, String> annotations(HasMetadata object) {
    return Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.of());
  }
}
