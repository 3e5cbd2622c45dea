package dev.muster.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Covers;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The webhook behind a real API server that trusts it and calls it.
class RealApiServerIT {
  private final RealApiServer server = RealApiServer.shared();

  @Test
  @Covers({"A5", "A6", "A7", "S2", "W1", "W3"})
  void aNewStatefulSetIsAnnotatedAndItsTemplateIsNot() throws Exception {
    server.apply("shop", statefulSet("db", Map.of()));

    var stored = server.get("shop", "statefulset", "db");

    assertThat(annotation(stored, "plan")).isEqualTo("standard");
    assertThat(annotation(stored, "engine")).isEqualTo("postgresql");
    assertThat(annotation(stored, "managed")).contains("plan=");
    assertThat(stored.at("/spec/template/metadata").has("annotations")).isFalse();
  }

  @Test
  @Covers({"B9", "S1", "O7"})
  void applyingAgainAndScalingChangeNeitherAnnotationsNorTemplate() throws Exception {
    var manifest = statefulSet("again", Map.of("muster.dev/plan", "gold"));
    server.apply("shop", manifest);
    var once = server.get("shop", "statefulset", "again");

    server.apply("shop", manifest);
    server.bed.kubectl("--namespace", "shop", "scale", "statefulset", "again", "--replicas=3");
    var twice = server.get("shop", "statefulset", "again");

    assertThat(annotation(once, "plan")).isEqualTo("gold");
    assertThat(annotation(once, "managed")).doesNotContain("plan=");
    assertThat(twice.at("/metadata/annotations")).isEqualTo(once.at("/metadata/annotations"));
    assertThat(twice.at("/spec/template")).isEqualTo(once.at("/spec/template"));
  }

  @Test
  @Covers("O7")
  void serverSideApplySeesNoDriftAndNoConflict() throws Exception {
    var manifest = server.file("ssa", statefulSet("ssa", Map.of()));
    server.bed.kubectl(
        "--namespace", "shop", "apply", "--server-side", "--field-manager=gitops", "-f", manifest);
    var once = server.get("shop", "statefulset", "ssa");

    server.bed.kubectl(
        "--namespace", "shop", "apply", "--server-side", "--field-manager=gitops", "-f", manifest);
    var twice = server.get("shop", "statefulset", "ssa");

    assertThat(twice.at("/metadata/resourceVersion"))
        .isEqualTo(once.at("/metadata/resourceVersion"));
    assertThat(annotation(twice, "plan")).isEqualTo("standard");
  }

  @Test
  @Covers({"B6", "F9"})
  void aServerSideDryRunShowsTheSameAndStoresNothing() throws Exception {
    var manifest = server.file("dry", statefulSet("dry", Map.of()));

    var shown =
        RealApiServer.JSON.readTree(
            server
                .bed
                .kubectl(
                    "--namespace",
                    "shop",
                    "create",
                    "--dry-run=server",
                    "-o",
                    "json",
                    "-f",
                    manifest)
                .replaceAll("(?m)^Warning:.*$", ""));

    assertThat(annotation(shown, "plan")).isEqualTo("standard");
    assertThatThrownBy(() -> server.get("shop", "statefulset", "dry"))
        .hasMessageContaining("NotFound");
  }

  @Test
  @Covers({"A17", "F11"})
  void anInvalidContractIsDeniedWhereEnforcedAndWarnedElsewhere() throws Exception {
    var invalid = statefulSet("invalid", Map.of("muster.dev/rpo", "soon"));

    var warned = server.apply("shop", invalid);

    assertThat(warned).contains("Warning: muster:").contains("muster.dev/rpo");
    assertThatThrownBy(() -> server.apply("bank", invalid))
        .hasMessageContaining("Forbidden")
        .hasMessageContaining("muster.dev/rpo");
  }

  @Test
  @Covers({"B3", "F15"})
  void podsGetHooksAtCreationAlsoUnderAGeneratedName() throws Exception {
    var manifest =
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"generateName":"db-"},
         "spec":{"containers":[{"name":"db","image":"postgres:15"}],
          "volumes":[{"name":"data","persistentVolumeClaim":{"claimName":"data"}}]}}
        """;

    var created =
        RealApiServer.JSON.readTree(
            server
                .bed
                .kubectl(
                    "--namespace",
                    "shop",
                    "create",
                    "-o",
                    "json",
                    "-f",
                    server.file("pod", manifest))
                .replaceAll("(?m)^Warning:.*$", ""));

    assertThat(annotation(created, "hooks")).isEqualTo("checkpoint");
  }

  @Test
  void claimsAreAdmitted() throws Exception {
    server.apply(
        "shop",
        """
        {"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data"},
         "spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}
        """);

    assertThat(server.get("shop", "persistentvolumeclaim", "data").at("/metadata/name").asText())
        .isEqualTo("data");
  }

  @Test
  @Covers({"B2", "B4"})
  void deletionAndSubresourcesAreNotInTheWay() throws Exception {
    server.apply("bank", statefulSet("gone", Map.of()));

    server.bed.kubectl("--namespace", "bank", "scale", "statefulset", "gone", "--replicas=0");
    server.bed.kubectl("--namespace", "bank", "delete", "statefulset", "gone");

    assertThatThrownBy(() -> server.get("bank", "statefulset", "gone"))
        .hasMessageContaining("NotFound");
  }

  private static String statefulSet(String name, Map<String, String> annotations) {
    return RealApiServer.statefulSet(name, annotations).toString();
  }

  private static String annotation(JsonNode object, String key) {
    return object.path("metadata").path("annotations").path("muster.dev/" + key).asText();
  }
}
