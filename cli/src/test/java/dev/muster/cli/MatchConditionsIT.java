package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.config.EngineProfilesReader;
import dev.muster.policies.PolicyInForce;
import dev.muster.policies.WasmPolicyEngine;
import dev.muster.testkit.Covers;
import dev.muster.testkit.LightBed;
import dev.muster.webhook.WebhookRules;
import dev.muster.webhook.WebhookServer;
import dev.muster.webhook.WebhookSettings;
import dev.muster.webhook.WebhookSettings.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The chart's match conditions in a real API server that calls a real webhook: whom they spare,
/// and that they err on no object.
class MatchConditionsIT {

  private static final LightBed BED = LightBed.shared();
  private static final List<JsonNode> CHART = Chart.rendered();
  private static final String NAMESPACE = "conditions";

  @TempDir private static Path folder;
  private static PolicyInForce policy;
  private static WebhookServer server;

  @BeforeAll
  static void install() throws IOException {
    Path trust = folder.resolve("ca.crt");
    policy = PolicyInForce.always(WasmPolicyEngine.builtIn(2, Duration.ofSeconds(1)));
    server = WebhookServer.start(settings(trust), policy, InstantSource.system());
    await("ready").atMost(Duration.ofMinutes(2)).until(server::ready);
    BED.kubectl("create", "namespace", NAMESPACE);
    BED.kubectl("-n", NAMESPACE, "create", "serviceaccount", "default");
    BED.kubectl(
        "create",
        "clusterrolebinding",
        "nodes",
        "--clusterrole=cluster-admin",
        "--group=system:nodes");
    BED.kubectl("apply", "-f", file(configuration(Files.readAllBytes(trust)).toString()));
    await("the webhook is called")
        .atMost(Duration.ofMinutes(1))
        .until(() -> isCalledFor(set("{name: probe}")));
  }

  @AfterAll
  static void remove() {
    BED.kubectl("delete", "mutatingwebhookconfiguration", NAMESPACE);
    server.close();
    policy.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true  | {name: bare}",
        "true  | {name: empty, labels: {}, annotations: {}, ownerReferences: []}",
        "true  | {name: shared, ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: c, uid: u}]}",
        "true  | {name: made, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: c, uid: u, controller: true}]}",
        "true  | {name: named, ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: c, uid: u, controller: true}]}",
        "true  | {name: kubernetes, ownerReferences: [{apiVersion: networking.k8s.io/v1, kind: Ingress, name: c, uid: u, controller: true}]}",
        "false | {name: sigs, ownerReferences: [{apiVersion: leaderworkerset.x-k8s.io/v1, kind: LeaderWorkerSet, name: c, uid: u, controller: true}]}",
        "false | {name: owned, ownerReferences: [{apiVersion: x.io/v1, kind: Cluster, name: c, uid: u, controller: true}]}",
      })
  @Covers({"W6", "A13", "B11"})
  void statefulSetsOfOperatorsAreSpared(boolean called, String metadata) throws IOException {
    assertThat(isSparedBy(set(metadata))).isEqualTo(!called);
    assertThat(isCalledFor(set(metadata))).isEqualTo(called);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "false | [{name: t, emptyDir: {}}]",
        "false | []",
        "true  | [{name: d, persistentVolumeClaim: {claimName: d}}]",
        "true  | [{name: t, emptyDir: {}}, {name: d, ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}}}}]",
      })
  @Covers("W6")
  void podsWithoutClaimsAreSpared(boolean called, String volumes) throws IOException {
    String pod =
        "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: db, image: 'postgres:15'}], volumes: %s}}"
            .formatted(volumes);

    assertThat(isSparedBy(pod)).isEqualTo(!called);
    assertThat(isCalledFor(pod)).isEqualTo(called);
  }

  @Test
  @Covers("W6")
  void podsWithoutVolumesAndKubeletsAreSpared() throws IOException {
    String pod =
        "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {automountServiceAccountToken: false, containers: [{name: db, image: 'postgres:15'}]}}";

    assertThat(isSparedBy(pod)).isTrue();
    assertThat(isSparedBy(set("{name: static}"), "--as=somebody", "--as-group=system:nodes"))
        .isTrue();
  }

  @Test
  @Covers("W6")
  void claimsNeedNothingOfThemselves() throws IOException {
    assertThat(isSparedBy(CLAIM)).isFalse();
  }

  /// Under `Ignore` an error of a condition skips the webhook without a word.
  @AfterEach
  void noConditionErrs() {
    assertThat(counted("evaluation_errors")).isZero();
  }

  /// Whether the conditions kept the API server from calling.
  private static boolean isSparedBy(String object, String... as) throws IOException {
    double before = counted("exclusions");
    isCalledFor(object, as);
    return counted("exclusions") > before;
  }

  /// The API server's own counter of what conditions did.
  private static double counted(String what) {
    return BED.kubectl("get", "--raw", "/metrics")
        .lines()
        .filter(line -> line.startsWith("apiserver_admission_match_condition_" + what + "_total{"))
        .filter(line -> line.contains("name=\"warn.muster.dev\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /// Whether a dry run comes back with a key of ours.
  private static boolean isCalledFor(String object, String... as) throws IOException {
    List<String> asked = new ArrayList<>(List.of(as));
    asked.addAll(List.of("-n", NAMESPACE, "create", "--dry-run=server", "-o", "json", "-f"));
    asked.add(file(object));
    return BED.kubectl(asked.toArray(String[]::new)).contains("muster.dev/managed");
  }

  /// What the chart installs, at the level that takes unlabelled namespaces, at our address.
  private static JsonNode configuration(byte[] authority) {
    ObjectNode all = Chart.of(CHART, "MutatingWebhookConfiguration", "muster").deepCopy();
    all.withObject("/metadata").put("name", NAMESPACE);
    ObjectNode first = (ObjectNode) all.at("/webhooks/0");
    all.putArray("webhooks").add(first);
    String path = first.at("/clientConfig/service/path").asText();
    first
        .putObject("clientConfig")
        .put("url", "https://127.0.0.1:" + server.port() + path)
        .put("caBundle", Base64.getEncoder().encodeToString(authority));
    return all;
  }

  private static WebhookSettings settings(Path trust) {
    WebhookRules rules =
        new WebhookRules(Chart.configuration(CHART), EngineProfilesReader.read(Optional.empty()));
    return new WebhookSettings(
        () -> rules,
        new Certificates.SelfSigned(List.of("127.0.0.1"), trust),
        "127.0.0.1",
        0,
        0,
        Duration.ofMillis(100));
  }

  private static String set(String metadata) {
    return """
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: %s
    spec:
      serviceName: db
      selector: {matchLabels: {app: db}}
      template:
        metadata: {labels: {app: db}}
        spec: {containers: [{name: db, image: "postgres:15"}]}
      volumeClaimTemplates:
        - metadata: {name: data}
          spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}
    """
        .formatted(metadata);
  }

  private static String file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "object", ".yaml"), text).toString();
  }

  private static final String CLAIM =
      """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: bare}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}
      """;
}
