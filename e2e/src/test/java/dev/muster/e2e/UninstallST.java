package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Covers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/// An uninstallation runs no code of ours: Helm removes what it made, and Kubernetes what belongs
/// to that. Afterwards the release is there again, for other tests.
@SystemTest
@Tag("alone")
@ResourceLock(Part.AUDITORS)
@ResourceLock(Part.WEBHOOK)
final class UninstallST {

  private static final String KINDS =
      "pods,replicasets,deployments,services,endpointslices,serviceaccounts,secrets,configmaps,leases,"
          + "roles,rolebindings,poddisruptionbudgets,networkpolicies,clusterroles,clusterrolebindings,"
          + "mutatingwebhookconfigurations,validatingwebhookconfigurations,"
          + "validatingadmissionpolicies,validatingadmissionpolicybindings,customresourcedefinitions";

  /// By people, or by Kubernetes for each namespace.
  private static final String GIVEN =
      "Secret/muster-(store|store-read|signing|drill-identity)|ConfigMap/kube-root-ca\\.crt"
          + "|ServiceAccount/default";

  private final Node node;

  UninstallST(Node node) {
    this.node = node;
  }

  @Test
  @Covers("W9")
  void nothingOfOursIsLeftAndWhatWasGivenStays() {
    List<String> given = ours().stream().filter(name -> name.matches(GIVEN)).toList();
    assertThat(ours())
        .contains("Lease/muster-auditor", "Secret/muster-ca", "ConfigMap/muster-trust")
        .contains("MutatingWebhookConfiguration/muster", "ClusterRole/muster-runner");

    node.helm("uninstall", "muster", "-n", "muster");

    try {
      assertThat(node.webhookIsCalled()).isFalse();
      await("only what was given is left")
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(() -> assertThat(ours()).containsExactlyInAnyOrderElementsOf(given));
    } finally {
      node.helm(
          "install", "muster", "charts/muster", "-n", "muster", "-f", "target/demo/values.yaml");
    }
    List.of("muster-webhook", "muster-auditor", "muster-drill").forEach(node::rolledOut);
    await("both are in force again").atMost(Duration.ofMinutes(1)).until(node::webhookIsCalled);
  }

  /// All that is in our namespace, and what is outside of any by its name.
  private List<String> ours() {
    String objects = node.kubectl().ok("get", KINDS, "-n", "muster", "-o", "json");
    return Kubectl.tree(objects)
        .path("items")
        .valueStream()
        .filter(UninstallST::isOurs)
        .map(each -> each.path("kind").asText() + "/" + each.at("/metadata/name").asText())
        .sorted()
        .toList();
  }

  private static boolean isOurs(JsonNode object) {
    return object.at("/metadata/namespace").asText().equals("muster")
        || object.at("/metadata/name").asText().matches("muster.*|.*muster\\.dev");
  }
}
