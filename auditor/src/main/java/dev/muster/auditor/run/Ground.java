package dev.muster.auditor.run;

import dev.muster.auditor.contract.Workload;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.ObjectName;
import dev.muster.cluster.Owner;
import dev.muster.cluster.Query;
import dev.muster.cluster.Yaml;
import dev.muster.config.Configuration;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// What a namespace needs before a Job can run in it: our RoleBinding and, where the namespace is
/// isolated, network policies.
final class Ground {

  static final String RUNNER = "muster-runner";
  private static final String ACCOUNT = "muster-auditor";

  private final Cluster cluster;
  private final RunSettings settings;
  private final RunNetwork network;
  private final PolicySweep policies;

  Ground(Cluster cluster, RunSettings settings, RunJournal journal) {
    this.cluster = cluster;
    this.settings = settings;
    this.network = new RunNetwork(settings.namespace(), settings.storePort());
    this.policies = new PolicySweep(cluster, journal);
  }

  /// Whether the RoleBinding had to be made.
  boolean bind(String namespace) {
    if (cluster.find(RoleBinding.class, ObjectName.in(namespace, RUNNER)).isPresent()) {
      return false;
    }
    try {
      cluster.create(
          new RoleBindingBuilder()
              .withNewMetadata()
              .withNamespace(namespace)
              .withName(RUNNER)
              .withOwnerReferences(
                  Owner.find(cluster, ClusterRole.class, ObjectName.global(RUNNER)))
              .endMetadata()
              .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", RUNNER)
              .addNewSubject()
              .withKind("ServiceAccount")
              .withNamespace(settings.namespace())
              .withName(ACCOUNT)
              .endSubject()
              .build());
      return true;
    } catch (ClusterException.Conflict e) {
      // Another replica was faster.
      return true;
    }
  }

  void open(Entry.Planned run, Workload workload, Entry.Target target) {
    if (settings.networkPolicies() != Configuration.NetworkPolicies.CREATE) {
      return;
    }
    Map<String, String> labels =
        Objects.requireNonNullElse(
            workload.template().getMetadata() == null
                ? null
                : workload.template().getMetadata().getLabels(),
            Map.of());
    List<NetworkPolicy> existing = cluster.list(NetworkPolicy.class, Query.in(run.namespace()));
    network
        .policies(run, workload.selector(), target.port(), labels, existing)
        .forEach(cluster::apply);
  }

  /// Deletes the policies of this run, whichever attempt made them. What fails here is left to the
  /// sweep.
  void close(Entry.Planned run) {
    policies.clear(run);
  }

  /// The policies to apply by hand, as YAML.
  String proposal(Workload workload, Entry.Target target) {
    return network
        .proposal(
            workload.ref().namespace(),
            workload.ref().key().value(),
            workload.selector(),
            target.port())
        .stream()
        .map(Yaml::of)
        .collect(Collectors.joining());
  }
}
