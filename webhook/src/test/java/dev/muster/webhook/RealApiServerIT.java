package dev.muster.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.policies.WasmPolicyEngine;
import dev.muster.testkit.Covers;
import dev.muster.testkit.LightBed;
import dev.muster.webhook.admission.Reviews;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The webhook behind a real API server that trusts it and calls it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealApiServerIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LightBed bed = LightBed.shared();
  private final WasmPolicyEngine policy = WasmPolicyEngine.builtIn(2, Duration.ofSeconds(1));
  private Path folder = Path.of(".");
  private WebhookServer server;

  @BeforeAll
  void install(@TempDir Path folder) throws Exception {
    this.folder = folder;
    var trust = folder.resolve("ca.crt");
    server =
        WebhookServer.start(
            new WebhookSettings(
                Mounted::rules,
                new WebhookSettings.Certificates.SelfSigned(List.of("127.0.0.1"), trust),
                "127.0.0.1",
                0,
                0,
                Duration.ofMillis(100)),
            policy,
            InstantSource.system());
    var deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
    while (!server.ready()) {
      assertThat(System.nanoTime()).as("ready within 2 minutes").isLessThan(deadline);
      Thread.onSpinWait();
    }
    for (var namespace : List.of("shop", "bank")) {
      bed.kubectl("create", "namespace", namespace);
      bed.kubectl("--namespace", namespace, "create", "serviceaccount", "default");
    }
    bed.kubectl("label", "namespace", "bank", "muster.dev/enforce=enforce");
    bed.kubectl("apply", "-f", file("webhooks", webhooks(Files.readString(trust))));
    awaitCalls();
  }

  @AfterAll
  void remove() throws Exception {
    bed.kubectl(
        "delete", "mutatingwebhookconfigurations,validatingwebhookconfigurations", "muster");
    bed.kubectl("delete", "namespace", "shop", "bank", "--wait=false");
    server.close();
    policy.close();
  }

  @Test
  @Covers({"A5", "A6", "A7", "S2", "W1", "W3"})
  void aNewStatefulSetIsAnnotatedAndItsTemplateIsNot() throws Exception {
    apply("shop", statefulSet("db", Map.of()));

    var stored = get("shop", "statefulset", "db");

    assertThat(annotation(stored, "plan")).isEqualTo("standard");
    assertThat(annotation(stored, "engine")).isEqualTo("postgresql");
    assertThat(annotation(stored, "managed")).contains("plan=");
    assertThat(stored.at("/spec/template/metadata").has("annotations")).isFalse();
  }

  @Test
  @Covers({"B9", "S1", "O7"})
  void applyingAgainAndScalingChangeNeitherAnnotationsNorTemplate() throws Exception {
    var manifest = statefulSet("again", Map.of("muster.dev/plan", "gold"));
    apply("shop", manifest);
    var once = get("shop", "statefulset", "again");

    apply("shop", manifest);
    bed.kubectl("--namespace", "shop", "scale", "statefulset", "again", "--replicas=3");
    var twice = get("shop", "statefulset", "again");

    assertThat(annotation(once, "plan")).isEqualTo("gold");
    assertThat(annotation(once, "managed")).doesNotContain("plan=");
    assertThat(twice.at("/metadata/annotations")).isEqualTo(once.at("/metadata/annotations"));
    assertThat(twice.at("/spec/template")).isEqualTo(once.at("/spec/template"));
  }

  @Test
  @Covers("O7")
  void serverSideApplySeesNoDriftAndNoConflict() throws Exception {
    var manifest = file("ssa", statefulSet("ssa", Map.of()));
    bed.kubectl(
        "--namespace", "shop", "apply", "--server-side", "--field-manager=gitops", "-f", manifest);
    var once = get("shop", "statefulset", "ssa");

    bed.kubectl(
        "--namespace", "shop", "apply", "--server-side", "--field-manager=gitops", "-f", manifest);
    var twice = get("shop", "statefulset", "ssa");

    assertThat(twice.at("/metadata/resourceVersion"))
        .isEqualTo(once.at("/metadata/resourceVersion"));
    assertThat(annotation(twice, "plan")).isEqualTo("standard");
  }

  @Test
  @Covers({"B6", "F9"})
  void aServerSideDryRunShowsTheSameAndStoresNothing() throws Exception {
    var manifest = file("dry", statefulSet("dry", Map.of()));

    var shown =
        JSON.readTree(
            bed.kubectl(
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
    assertThatThrownBy(() -> get("shop", "statefulset", "dry")).hasMessageContaining("NotFound");
  }

  @Test
  @Covers({"A17", "F11"})
  void anInvalidContractIsDeniedWhereEnforcedAndWarnedElsewhere() throws Exception {
    var invalid = statefulSet("invalid", Map.of("muster.dev/rpo", "soon"));

    var warned = apply("shop", invalid);

    assertThat(warned).contains("Warning: muster:").contains("muster.dev/rpo");
    assertThatThrownBy(() -> apply("bank", invalid))
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
        JSON.readTree(
            bed.kubectl("--namespace", "shop", "create", "-o", "json", "-f", file("pod", manifest))
                .replaceAll("(?m)^Warning:.*$", ""));

    assertThat(annotation(created, "hooks")).isEqualTo("checkpoint");
  }

  @Test
  void claimsAreAdmitted() throws Exception {
    apply(
        "shop",
        """
        {"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data"},
         "spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}
        """);

    assertThat(get("shop", "persistentvolumeclaim", "data").at("/metadata/name").asText())
        .isEqualTo("data");
  }

  @Test
  @Covers({"B2", "B4"})
  void deletionAndSubresourcesAreNotInTheWay() throws Exception {
    apply("bank", statefulSet("gone", Map.of()));

    bed.kubectl("--namespace", "bank", "scale", "statefulset", "gone", "--replicas=0");
    bed.kubectl("--namespace", "bank", "delete", "statefulset", "gone");

    assertThatThrownBy(() -> get("bank", "statefulset", "gone")).hasMessageContaining("NotFound");
  }

  private String webhooks(String ca) {
    var bundle =
        Base64.getEncoder().encodeToString(ca.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    var rules =
        "[{apiGroups: [apps], apiVersions: [v1], resources: [statefulsets], operations: [CREATE, UPDATE]},"
            + "{apiGroups: [''], apiVersions: [v1], resources: [persistentvolumeclaims, pods], operations: [CREATE]}]";
    var text = new StringBuilder();
    for (var stage : List.of("mutate", "validate")) {
      var kind =
          stage.equals("mutate")
              ? "MutatingWebhookConfiguration"
              : "ValidatingWebhookConfiguration";
      text.append("---\napiVersion: admissionregistration.k8s.io/v1\nkind: ").append(kind);
      text.append("\nmetadata: {name: muster}\nwebhooks:\n");
      for (var level : List.of("warn", "enforce")) {
        var operator = level.equals("enforce") ? "In" : "NotIn";
        text.append("- name: ").append(level).append(".muster.dev\n");
        text.append(
            "  clientConfig: {url: 'https://127.0.0.1:"
                + server.port()
                + "/v1/"
                + stage
                + "/"
                + level
                + "', caBundle: "
                + bundle
                + "}\n");
        text.append("  rules: ").append(rules).append('\n');
        text.append(
            "  namespaceSelector: {matchExpressions: [{key: muster.dev/enforce, operator: "
                + operator
                + ", values: [enforce]}]}\n");
        text.append(
            "  failurePolicy: Ignore\n  sideEffects: None\n  timeoutSeconds: 2\n  admissionReviewVersions: [v1]\n");
        text.append(stage.equals("mutate") ? "  reinvocationPolicy: IfNeeded\n" : "");
      }
    }
    return text.toString();
  }

  /// A new configuration reaches the API server's own cache a moment later.
  private void awaitCalls() throws Exception {
    var manifest = file("probe", statefulSet("probe", Map.of()));
    var deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
    while (!bed.kubectl(
            "--namespace", "bank", "create", "--dry-run=server", "-o", "json", "-f", manifest)
        .contains("muster.dev/managed")) {
      assertThat(System.nanoTime()).as("called within 2 minutes").isLessThan(deadline);
    }
  }

  private String apply(String namespace, String manifest) throws IOException {
    return bed.kubectl("--namespace", namespace, "apply", "-f", file("manifest", manifest));
  }

  private JsonNode get(String namespace, String kind, String name) throws IOException {
    return JSON.readTree(
        bed.kubectl(
            "--namespace",
            namespace,
            "get",
            kind,
            name,
            "-o",
            "json",
            "--show-managed-fields=false"));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name + ".yaml"), text).toString();
  }

  private static String statefulSet(String name, Map<String, String> annotations) {
    var object = (ObjectNode) Reviews.statefulSet(annotations);
    object.withObject("/metadata").put("name", name).remove("namespace");
    var spec = object.withObject("/spec");
    spec.remove("futureField");
    spec.put("serviceName", name);
    spec.withObject("/selector/matchLabels").put("app", name);
    spec.withObject("/template/metadata/labels").put("app", name);
    var claim = (ObjectNode) spec.path("volumeClaimTemplates").get(0);
    claim.withObject("/spec").putArray("accessModes").add("ReadWriteOnce");
    claim.withObject("/spec/resources/requests").put("storage", "1Gi");
    return object.toString();
  }

  private static String annotation(JsonNode object, String key) {
    return object.path("metadata").path("annotations").path("muster.dev/" + key).asText();
  }
}
