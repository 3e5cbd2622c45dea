package dev.muster.auditor.run;

import dev.muster.cluster.Selectors;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
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
/// them already, or it would cut off a database's own clients. That other policy may go at any
/// time, so each is made for one run, named after it, and deleted with its attempt: no other run
/// shares it, and so nobody has to ask who else still needs it.
final class RunNetwork {

  private final String ownNamespace;
  private final int storePort;

  RunNetwork(String ownNamespace, int storePort) {
    this.ownNamespace = ownNamespace;
    this.storePort = storePort;
  }

  List<NetworkPolicy> policies(
      Entry.Planned run,
      @Nullable LabelSelector database,
      int port,
      Map<String, String> podLabels,
      List<NetworkPolicy> existing) {
    List<NetworkPolicy> wanted = new ArrayList<>();
    String workloadKey = RunJournal.key(run);
    Map<String, String> runLabels = runPods(workloadKey).getMatchLabels();
    if (existing.stream().anyMatch(policy -> isolates(policy, "Egress", runLabels))) {
      wanted.add(egress(ofRun(run, "muster-run-"), workloadKey, database, port));
    }
    if (existing.stream().anyMatch(policy -> isolates(policy, "Ingress", podLabels))) {
      wanted.add(ingress(ofRun(run, "muster-db-"), workloadKey, database, port));
    }
    return wanted;
  }

  /// Both, for people to apply where something that is no NetworkPolicy blocks the run. Named after
  /// the workload and without the label of a run: they stay until people delete them.
  List<NetworkPolicy> proposal(
      String namespace, String workloadKey, @Nullable LabelSelector database, int port) {
    return List.of(
        egress(byHand(namespace, "muster-run-", workloadKey), workloadKey, database, port),
        ingress(byHand(namespace, "muster-db-", workloadKey), workloadKey, database, port));
  }

  private static ObjectMeta ofRun(Entry.Planned run, String prefix) {
    return new ObjectMetaBuilder()
        .withNamespace(run.namespace())
        .withName(prefix + run.runId().substring(0, 16))
        .addToLabels(RunPod.ROLE, RunPod.BACKUP)
        .addToLabels(RunPod.WORKLOAD, RunJournal.key(run))
        .addToLabels(RunPod.RUN_ID, run.runId())
        .build();
  }

  private static ObjectMeta byHand(String namespace, String prefix, String workloadKey) {
    return new ObjectMetaBuilder()
        .withNamespace(namespace)
        .withName(prefix + workloadKey.substring(0, 12))
        .addToLabels(RunPod.ROLE, RunPod.BACKUP)
        .build();
  }

  private NetworkPolicy egress(
      ObjectMeta metadata, String workloadKey, @Nullable LabelSelector database, int port) {
    return new NetworkPolicyBuilder()
        .withMetadata(metadata)
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
      ObjectMeta metadata, String workloadKey, @Nullable LabelSelector database, int port) {
    return new NetworkPolicyBuilder()
        .withMetadata(metadata)
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
