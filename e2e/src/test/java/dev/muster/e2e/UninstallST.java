package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Covers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An uninstallation runs no code of ours: Helm removes what it made, and Kubernetes what belongs
/// to that.
@SystemTest
final class UninstallST {

  private static final String KINDS =
      "secrets,configmaps,leases,mutatingwebhookconfigurations,validatingwebhookconfigurations";

  private final Node node;

  UninstallST(Node node) {
    this.node = node;
  }

  @Test
  @Covers("W9")
  void everythingOfOursGoesWithTheRelease() {
    List<String> goes = new ArrayList<>();
    List<String> stays = new ArrayList<>();
    String objects = node.kubectl().ok("get", KINDS, "-n", "muster", "-o", "json");
    for (JsonNode object : Kubectl.tree(objects).path("items")) {
      String name = object.path("kind").asText() + "/" + object.at("/metadata/name").asText();
      boolean helms =
          object.at("/metadata/labels/app.kubernetes.io~1managed-by").asText().equals("Helm");
      boolean owned = object.at("/metadata/ownerReferences/0/name").asText().startsWith("muster-");
      (helms || owned ? goes : stays).add(name);
    }

    assertThat(goes)
        .contains(
            "MutatingWebhookConfiguration/muster",
            "ValidatingWebhookConfiguration/muster",
            "Secret/muster-ca",
            "Secret/muster-serving",
            "ConfigMap/muster-trust",
            "Lease/muster-auditor",
            "Lease/muster-drill");
    assertThat(stays)
        .as("given by people, by Helm for itself, or by Kubernetes")
        .allMatch(name ->
            name.matches(
                "Secret/(muster-(store|store-read|signing|drill-identity)|sh\\.helm\\..*)|ConfigMap/kube-root-ca\\.crt"));
  }
}
