package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Covers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What deploys a StatefulSet does so again and again, and knows nothing of our keys: nothing may
/// differ for it, and no Pod may restart.
@SystemTest
@Needs(Part.WEBHOOK)
final class ReapplyST {

  private final Node node;

  ReapplyST(Node node) {
    this.node = node;
  }

  @Test
  @Covers({"S2", "O7"})
  void threeUpgradesByHelmChangeNothing() {
    try (Tenant tenant = Tenant.create(node.kubectl(), "upgrade", "baseline")) {
      helm(tenant, "install");
      tenant.ready();
      State before = State.of(tenant);

      for (int round = 0; round < 3; round++) {
        helm(tenant, "upgrade");
      }

      assertThat(State.of(tenant)).isEqualTo(before);
    }
  }

  @Test
  @Covers({"S2", "O7"})
  void threeRoundsOfAGitopsControllerFindNoDifference() {
    String manifest = Databases.postgres(0, "{muster.dev/rpo: 6h}");
    String[] serverSide = {
      "--server-side", "--field-manager=argocd-controller", "--force-conflicts"
    };
    try (Tenant tenant = Tenant.create(node.kubectl(), "gitops", "baseline")) {
      assertThat(kubectl(tenant, manifest, "apply", serverSide).exit()).isZero();
      tenant.ready();
      State before = State.of(tenant);

      for (int round = 0; round < 3; round++) {
        Shell.Result difference = kubectl(tenant, manifest, "diff", serverSide);
        assertThat(difference.exit()).as(difference.out() + difference.err()).isZero();
        kubectl(tenant, manifest, "apply", serverSide).orFail();
      }

      assertThat(State.of(tenant)).isEqualTo(before);
    }
  }

  @Test
  @Covers({"A11", "O7"})
  void twoManagersApplyPartsOfOneSetWithoutAConflict() {
    String labels =
        """
        {"apiVersion": "apps/v1", "kind": "StatefulSet",
         "metadata": {"name": "db", "labels": {"team": "shop"}}}\
        """;
    try (Tenant tenant = Tenant.create(node.kubectl(), "managers", "baseline")) {
      String manifest = Databases.postgres(0, "{}");
      String[] deployer = {"--server-side", "--field-manager=deployer"};
      String[] labeller = {"--server-side", "--field-manager=labeller"};

      for (int round = 0; round < 2; round++) {
        kubectl(tenant, manifest, "apply", deployer).orFail();
        kubectl(tenant, labels, "apply", labeller).orFail();
      }

      JsonNode set = tenant.get("statefulset", "db");
      assertThat(set.at("/metadata/labels/team").asText()).isEqualTo("shop");
      assertThat(set.at("/metadata/annotations").path("muster.dev/plan").asText())
          .isEqualTo("standard");
      assertThat(set.at("/metadata/generation").asInt()).isEqualTo(1);
    }
  }

  @Test
  void namespaceAndSetInOneApplyAreAdmittedWithTheContract() {
    try (Tenant tenant = Tenant.named(node.kubectl(), "together")) {
      String both = tenant.manifest("baseline") + "---\n" + Databases.postgres(0, "{}");

      tenant.apply(both);

      assertThat(State.of(tenant).annotations()).contains("muster.dev/plan");
    }
  }

  @Test
  void levelOfTheNamespaceThatChangesLaterTouchesNoSetThatIsThere() {
    try (Tenant tenant = Tenant.create(node.kubectl(), "level", "baseline")) {
      tenant.apply(Databases.postgres(0, "{}"));
      tenant.ready();
      State before = State.of(tenant);

      for (String level : List.of("enforce", "audit")) {
        node.kubectl()
            .ok(
                "label",
                "--overwrite",
                "namespace",
                tenant.namespace,
                "muster.dev/enforce=" + level);
        tenant.apply(Databases.postgres(0, "{}"));
        assertThat(State.of(tenant)).isEqualTo(before);
      }
    }
  }

  /// What must stay: our keys, the set's generation, its Pod.
  private record State(String annotations, int generation, String pod) {
    static State of(Tenant tenant) {
      JsonNode metadata = tenant.get("statefulset", "db").path("metadata");
      List<String> ours = new ArrayList<>();
      metadata.path("annotations").properties().stream()
          .filter(entry -> entry.getKey().startsWith("muster.dev/"))
          .forEach(entry -> ours.add(entry.toString()));
      return new State(
          ours.toString(),
          metadata.path("generation").asInt(),
          tenant.get("pod", "db-0").at("/metadata/uid").asText());
    }
  }

  private Shell.Result kubectl(Tenant tenant, String manifest, String verb, String... options) {
    List<String> command = new ArrayList<>(List.of(verb, "-n", tenant.namespace, "-f", "-"));
    command.addAll(List.of(options));
    return node.kubectl().run(manifest, command);
  }

  private void helm(Tenant tenant, String verb) {
    node.helm(verb, "db", "e2e/src/test/resources/chart", "-n", tenant.namespace);
  }
}
