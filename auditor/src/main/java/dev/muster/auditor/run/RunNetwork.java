package dev.muster.auditor.run;

import dev.muster.cluster.Selectors;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The policies that let a run Pod reach its database, the auditor, DNS and the store.
///
/// A policy isolates the Pods that it selects. So each is made only where another policy isolates
/// them already, or it would cut off a database's own clients.
final class RunNetwork {

  private final String ownNamespace;
  private final int storePort;

  RunNetwork(String ownNamespace, int storePort) {
    this.ownNamespace = ownNamespace;
    this.storePort = storePort;
  }

  List<NetworkPolicy> policies(
      String namespace,
      String workloadKey,
      @Nullable LabelSelector database,
      int port,
      Map<String, String> podLabels,
      List<NetworkPolicy> existing) {
    List<NetworkPolicy> wanted = new ArrayList<>();
    Map<String, String> runLabels = runPods(workloadKey).getMatchLabels();
    if (existing.stream().anyMatch(policy -> isolates(policy, "Egress", runLabels))) {
      wanted.add(egress(namespace, workloadKey, database, port));
    }
    if (existing.stream().anyMatch(policy -> isolates(policy, "Ingress", podLabels))) {
      wanted.add(ingress(namespace, workloadKey, database, port));
    }
    return wanted;
  }

  /// Both, for people to apply where something that is no NetworkPolicy blocks the run.
  List<NetworkPolicy> proposal(
      String namespace, String workloadKey, @Nullable LabelSelector database, int port) {
    return List.of(
        egress(namespace, workloadKey, database, port),
        ingress(namespace, workloadKey, database, port));
  }

  private NetworkPolicy egress(
      String namespace, String workloadKey, @Nullable LabelSelector database, int port) {
    return new NetworkPolicyBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName("muster-run-" + workloadKey.substring(0, 12))
        .addToLabels(RunPod.ROLE, RunPod.BACKUP)
        .endMetadata()
        .withNewSpec()
        .withPodSelector(runPods(workloadKey))
        .withPolicyTypes("Egress")
        .addNewEgress()
        .addNewTo()
        .withPodSelector(all(database))
        .endTo()
        .withPorts(tcp(port))
        .endEgress()
        .addNewEgress()
        .addNewTo()
        .withNewNamespaceSelector()
        .addToMatchLabels("kubernetes.io/metadata.name", ownNamespace)
        .endNamespaceSelector()
        .endTo()
        .withPorts(tcp(8443))
        .endEgress()
        .addNewEgress()
        .withPorts(tcp(53), new NetworkPolicyPortBuilder(tcp(53)).withProtocol("UDP").build())
        .endEgress()
        .addNewEgress()
        .withPorts(tcp(storePort))
        .endEgress()
        .endSpec()
        .build();
  }

  private static NetworkPolicy ingress(
      String namespace, String workloadKey, @Nullable LabelSelector database, int port) {
    return new NetworkPolicyBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName("muster-db-" + workloadKey.substring(0, 12))
        .addToLabels(RunPod.ROLE, RunPod.BACKUP)
        .endMetadata()
        .withNewSpec()
        .withPodSelector(all(database))
        .withPolicyTypes("Ingress")
        .addNewIngress()
        .addNewFrom()
        .withPodSelector(runPods(workloadKey))
        .endFrom()
        .withPorts(tcp(port))
        .endIngress()
        .endSpec()
        .build();
  }

  /// Whether somebody else's policy selects Pods of these labels for `Ingress` or `Egress`.
  static boolean isolates(NetworkPolicy policy, String type, Map<String, String> podLabels) {
    boolean ours =
        policy.getMetadata().getLabels() != null
            && policy.getMetadata().getLabels().containsKey(RunPod.ROLE);
    List<String> types = policy.getSpec().getPolicyTypes();
    boolean typed =
        types == null || types.isEmpty()
            ? type.equals("Ingress") || !policy.getSpec().getEgress().isEmpty()
            : types.contains(type);
    return !ours && typed && Selectors.matches(policy.getSpec().getPodSelector(), podLabels);
  }

  private static LabelSelector runPods(String workloadKey) {
    return new LabelSelectorBuilder()
        .addToMatchLabels(RunPod.ROLE, RunPod.BACKUP)
        .addToMatchLabels(RunPod.WORKLOAD, workloadKey)
        .build();
  }

  private static LabelSelector all(@Nullable LabelSelector selector) {
    return selector == null ? new LabelSelector() : selector;
  }

  private static NetworkPolicyPort tcp(int port) {
    return new NetworkPolicyPortBuilder()
        .withProtocol("TCP")
        .withPort(new IntOrString(port))
        .build();
  }
}
