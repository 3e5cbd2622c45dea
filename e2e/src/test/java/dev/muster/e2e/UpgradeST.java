package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Covers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The release itself, installed again as it is.
@SystemTest
@Needs({Part.AUDITORS, Part.DRILLS, Part.WEBHOOK})
final class UpgradeST {

  private static final String KINDS =
      "deployments,services,configmaps,poddisruptionbudgets,clusterroles,clusterrolebindings,"
          + "validatingadmissionpolicies,mutatingwebhookconfigurations,"
          + "validatingwebhookconfigurations";

  private final Node node;

  UpgradeST(Node node) {
    this.node = node;
  }

  @Test
  @Covers({"W8", "O7"})
  void upgradeToTheSameChangesAndRestartsNothing() {
    Map<String, String> before = specifications();

    node.helm(
        "upgrade", "muster", "charts/muster", "-n", "muster", "-f", "target/demo/values.yaml");

    assertThat(specifications()).containsExactlyInAnyOrderEntriesOf(before);
    String manifest = node.helm("get", "manifest", "muster", "-n", "muster");
    Shell.Result difference =
        node.kubectl().run(manifest, List.of("diff", "-n", "muster", "-f", "-"));
    assertThat(difference.exit()).as(difference.out() + difference.err()).isZero();
  }

  /// All that the release says and runs, without what Kubernetes notes down about it.
  private Map<String, String> specifications() {
    Map<String, String> all = new TreeMap<>();
    String objects =
        node.kubectl()
            .ok("get", KINDS, "-n", "muster", "-l", "app.kubernetes.io/name=muster", "-o", "json");
    for (JsonNode object : Kubectl.tree(objects).path("items")) {
      String name = object.path("kind").asText() + "/" + object.at("/metadata/name").asText();
      all.put(
          name,
          object.at("/metadata/generation").toString()
              + object.path("webhooks")
              + object.path("data")
              + object.path("rules"));
    }
    node.kubectl().list("pod", "muster", "app.kubernetes.io/name=muster").stream()
        .filter(pod -> pod.at("/metadata/deletionTimestamp").isMissingNode())
        .forEach(pod -> all.put("Pod/" + pod.at("/metadata/name").asText(), "runs"));
    assertThat(all)
        .containsKeys("Deployment/muster-webhook", "MutatingWebhookConfiguration/muster");
    return all;
  }
}
