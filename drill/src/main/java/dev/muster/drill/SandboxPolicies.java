package dev.muster.drill;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The network of a sandbox. Nobody may talk to anybody, except: fetch and check to the engine, and
/// fetch to the store and its name. The engine itself may open no connection at all.
final class SandboxPolicies {
  static final String ROLE = "muster.dev/drill-role";
  static final String ENGINE = "engine";
  static final String FETCH = "fetch";
  static final String CHECK = "check";

  private SandboxPolicies() {}

  static List<NetworkPolicy> of(String namespace, int enginePort, StoreAddress store) {
    return List.of(
        denyAll(namespace),
        engineIngress(namespace, enginePort),
        clientEgress(namespace, enginePort),
        fetchEgress(namespace, store));
  }

  private static NetworkPolicy denyAll(String namespace) {
    return named(namespace, "deny-all")
        .withNewSpec()
        .withNewPodSelector()
        .endPodSelector()
        .withPolicyTypes("Ingress", "Egress")
        .endSpec()
        .build();
  }

  private static NetworkPolicy engineIngress(String namespace, int port) {
    return named(namespace, "engine-from-clients")
        .withNewSpec()
        .withPodSelector(role(ENGINE))
        .withPolicyTypes("Ingress")
        .withIngress(
            new NetworkPolicyIngressRuleBuilder()
                .addNewFrom()
                .withPodSelector(role(FETCH))
                .endFrom()
                .addNewFrom()
                .withPodSelector(role(CHECK))
                .endFrom()
                .withPorts(tcp(port))
                .build())
        .endSpec()
        .build();
  }

  private static NetworkPolicy clientEgress(String namespace, int port) {
    return named(namespace, "clients-to-engine")
        .withNewSpec()
        .withPodSelector(
            new LabelSelectorBuilder()
                .addNewMatchExpression()
                .withKey(ROLE)
                .withOperator("In")
                .withValues(FETCH, CHECK)
                .endMatchExpression()
                .build())
        .withPolicyTypes("Egress")
        .withEgress(
            new NetworkPolicyEgressRuleBuilder()
                .addNewTo()
                .withPodSelector(role(ENGINE))
                .endTo()
                .withPorts(tcp(port))
                .build())
        .endSpec()
        .build();
  }

  private static NetworkPolicy fetchEgress(String namespace, StoreAddress store) {
    List<NetworkPolicyEgressRule> rules = new ArrayList<>();
    // 5353 is where some clusters' DNS Pods listen behind their Service.
    rules.add(
        new NetworkPolicyEgressRuleBuilder()
            .withPorts(port("UDP", 53), port("TCP", 53), port("UDP", 5353), port("TCP", 5353))
            .build());
    for (String block : store.blocks()) {
      rules.add(
          new NetworkPolicyEgressRuleBuilder()
              .addNewTo()
              .withNewIpBlock()
              .withCidr(block)
              .endIpBlock()
              .endTo()
              .withPorts(tcp(store.port()))
              .build());
    }
    store
        .serviceNamespace()
        .ifPresent(home ->
            rules.add(
                new NetworkPolicyEgressRuleBuilder()
                    .addNewTo()
                    .withNewNamespaceSelector()
                    .withMatchLabels(Map.of("kubernetes.io/metadata.name", home))
                    .endNamespaceSelector()
                    .endTo()
                    .build()));
    return named(namespace, "fetch-from-store")
        .withNewSpec()
        .withPodSelector(role(FETCH))
        .withPolicyTypes("Egress")
        .withEgress(rules)
        .endSpec()
        .build();
  }

  private static NetworkPolicyBuilder named(String namespace, String name) {
    return new NetworkPolicyBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata();
  }

  private static LabelSelector role(String role) {
    return new LabelSelectorBuilder().addToMatchLabels(ROLE, role).build();
  }

  private static NetworkPolicyPort tcp(int number) {
    return port("TCP", number);
  }

  private static NetworkPolicyPort port(String protocol, int number) {
    return new NetworkPolicyPortBuilder()
        .withProtocol(protocol)
        .withPort(new IntOrString(number))
        .build();
  }
}
