package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Covers;
import dev.muster.webhook.WebhookSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartIT {

  private final List<JsonNode> all = Chart.rendered();

  @Test
  @Covers({"A13", "W1", "W2", "W3", "W8", "F2", "F3"})
  void everyWebhookIgnoresFailureWithinTwoSecondsAndRendersNoBundle() {
    List<JsonNode> webhooks = webhooks(all);

    assertThat(webhooks).hasSize(3);
    assertThat(webhooks)
        .allSatisfy(webhook -> {
          assertThat(webhook.path("failurePolicy").asText()).isEqualTo("Ignore");
          assertThat(webhook.path("timeoutSeconds").asInt()).isEqualTo(2);
          assertThat(webhook.path("matchPolicy").asText()).isEqualTo("Equivalent");
          assertThat(webhook.path("sideEffects").asText()).isEqualTo("None");
          assertThat(webhook.path("admissionReviewVersions").toString()).isEqualTo("[\"v1\"]");
          assertThat(webhook.at("/clientConfig/caBundle").isMissingNode()).isTrue();
        });
    assertThat(Chart.of(all, "MutatingWebhookConfiguration", "muster").path("webhooks"))
        .allSatisfy(w -> assertThat(w.path("reinvocationPolicy").asText()).isEqualTo("IfNeeded"));
  }

  @Test
  @Covers("O3")
  void aPodMayLiveUntilTheDrainIsOver() {
    JsonNode pod = Chart.of(all, "Deployment", "muster-webhook").at("/spec/template/spec");

    assertThat(WebhookSettings.DRAIN).isEqualTo(Duration.ofSeconds(10));
    assertThat(Duration.ofSeconds(pod.path("terminationGracePeriodSeconds").asLong()))
        .isGreaterThanOrEqualTo(WebhookSettings.DRAIN.plusSeconds(5));
  }

  @Test
  @Covers("W4")
  void onlyStatefulSetsClaimsAndPodsAreAskedFor() {
    String sets =
        "{\"apiGroups\":[\"apps\"],\"apiVersions\":[\"v1\"],\"operations\":[\"CREATE\",\"UPDATE\"],"
            + "\"resources\":[\"statefulsets\"],\"scope\":\"Namespaced\"}";
    String created =
        "{\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"],\"operations\":[\"CREATE\"],"
            + "\"resources\":[\"persistentvolumeclaims\",\"pods\"],\"scope\":\"Namespaced\"}";

    assertThat(Chart.of(all, "MutatingWebhookConfiguration", "muster").path("webhooks"))
        .allSatisfy(each ->
            assertThat(each.path("rules").toString()).isEqualTo("[" + sets + "," + created + "]"));
    assertThat(Chart.of(all, "ValidatingWebhookConfiguration", "muster").path("webhooks"))
        .allSatisfy(each -> assertThat(each.path("rules").toString()).isEqualTo("[" + sets + "]"));
  }

  @Test
  @Covers("W1")
  void eachLevelIsAskedAboutAtAPathOfItsOwn() {
    assertThat(paths("MutatingWebhookConfiguration"))
        .containsExactly(
            "warn.muster.dev /v1/mutate/warn", "enforce.muster.dev /v1/mutate/enforce");
    assertThat(paths("ValidatingWebhookConfiguration"))
        .containsExactly("enforce.muster.dev /v1/validate/enforce");
  }

  private List<String> paths(String kind) {
    return Chart.of(all, kind, "muster")
        .path("webhooks")
        .valueStream()
        .map(each ->
            each.path("name").asText() + " " + each.at("/clientConfig/service/path").asText())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"'[*]', true", "'[Cluster, *]', true", "'[Cluster]', false"})
  @Covers("W6")
  void setsOfOwnersAreOnlySparedWhereAnyOwnerIsAnOperator(String kinds, boolean spared) {
    List<JsonNode> rendered = Chart.rendered("config.admission.operator-kinds=" + json(kinds));

    assertThat(webhooks(rendered))
        .allSatisfy(webhook ->
            assertThat(webhook.path("matchConditions").toString().contains("no-operator-owns-it"))
                .isEqualTo(spared));
  }

  private static String json(String words) {
    return words.replace("[", "[\"").replace(", ", "\",\"").replace("]", "\"]");
  }

  @ParameterizedTest
  @CsvSource({
    "audit,   warn,    In,    warn",
    "audit,   enforce, In,    enforce",
    "warn,    warn,    NotIn, 'audit,enforce'",
    "warn,    enforce, In,    enforce",
    "enforce, warn,    In,    warn",
    "enforce, enforce, NotIn, 'audit,warn'"
  })
  @Covers({"W5", "W7"})
  void theDefaultLevelTakesTheUnlabelledAndOwnNamespacesAreLeftOut(
      String otherwise, String level, String operator, String values) {
    List<JsonNode> rendered = Chart.rendered("enforcement.default=\"" + otherwise + "\"");

    List<JsonNode> selectors =
        webhooks(rendered).stream()
            .filter(w -> w.path("name").asText().equals(level + ".muster.dev"))
            .map(w -> w.at("/namespaceSelector/matchExpressions"))
            .toList();

    assertThat(selectors)
        .hasSize(level.equals("enforce") ? 2 : 1) // one changes, one denies
        .allSatisfy(selector -> {
          assertThat(texts(selector.at("/0/values")))
              .containsExactly("muster", "kube-system", "kube-node-lease");
          assertThat(selector.at("/1/operator").asText()).isEqualTo(operator);
          assertThat(String.join(",", texts(selector.at("/1/values")))).isEqualTo(values);
        });
  }

  @Test
  @Covers("O1")
  void everyPartIsRestrictedAndUnthrottled() {
    assertThat(Chart.of(all, "Deployment"))
        .hasSize(3)
        .allSatisfy(deployment -> {
          JsonNode pod = deployment.at("/spec/template/spec");
          JsonNode container = pod.at("/containers/0");
          assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
          assertThat(pod.at("/securityContext/seccompProfile/type").asText())
              .isEqualTo("RuntimeDefault");
          assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
          assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
              .isFalse();
          assertThat(texts(container.at("/securityContext/capabilities/drop")))
              .containsExactly("ALL");
          assertThat(container.at("/resources/limits/cpu").isMissingNode()).isTrue();
        });
    JsonNode webhook = Chart.of(all, "Deployment", "muster-webhook").path("spec");
    assertThat(webhook.path("replicas").asInt()).isEqualTo(2);
    JsonNode spread = webhook.at("/template/spec/topologySpreadConstraints/0");
    assertThat(spread.path("topologyKey").asText()).isEqualTo("kubernetes.io/hostname");
    assertThat(spread.at("/labelSelector/matchLabels").properties())
        .isNotEmpty()
        .isSubsetOf(webhook.at("/template/metadata/labels").properties());
    assertThat(
            Chart.of(all, "PodDisruptionBudget", "muster-webhook").at("/spec/minAvailable").asInt())
        .isEqualTo(1);
  }

  @Test
  @Covers("B8")
  void theWebhookHoldsNoTokenAndNoRight() {
    assertThat(
            Chart.of(all, "Deployment", "muster-webhook")
                .at("/spec/template/spec/automountServiceAccountToken")
                .asBoolean(true))
        .isFalse();
    assertThat(bindings()).noneMatch(binding -> binding.toString().contains("muster-webhook"));
  }

  @Test
  void onlyTheDrillMountsAnIdentity() {
    List<String> holders =
        Chart.of(all, "Deployment").stream()
            .filter(deployment -> deployment.toString().contains("muster-drill-identity"))
            .map(deployment -> deployment.at("/metadata/name").asText())
            .toList();

    assertThat(holders).containsExactly("muster-drill");
  }

  @Test
  void noRoleHasAWildcardAndSecretsAreNeverListed() {
    List<JsonNode> roles = new ArrayList<>(Chart.of(all, "ClusterRole"));
    roles.addAll(Chart.of(all, "Role"));

    for (JsonNode role : roles) {
      for (JsonNode rule : role.path("rules")) {
        assertThat(rule.toString())
            .doesNotContain("\"*\"", "escalate", "impersonate", "nodes/proxy");
        if (texts(rule.path("resources")).contains("secrets")) {
          assertThat(texts(rule.path("verbs"))).doesNotContain("list", "watch");
        }
        if (texts(rule.path("verbs")).contains("bind")) {
          assertThat(texts(rule.path("resourceNames"))).hasSize(1);
        }
      }
    }
  }

  @Test
  void withoutHealingBackupsAndReportsTheAuditorOnlyReadsAndRemovesItsReports() {
    List<JsonNode> rendered =
        Chart.rendered("healing=false", "backups=false", "reports.objects=false");

    assertThat(Chart.of(rendered, "ClusterRole"))
        .map(role -> role.at("/metadata/name").asText())
        .containsExactlyInAnyOrder(
            "muster-auditor-read", "muster-auditor-report", "muster-drill", "muster-drill-sandbox");
    for (JsonNode rule : Chart.of(rendered, "ClusterRole", "muster-auditor-report").path("rules")) {
      boolean named = texts(rule.path("resourceNames")).equals(List.of("muster-coverage"));
      assertThat(texts(rule.path("verbs"))).containsExactly(named ? "delete" : "list");
    }
  }

  @Test
  void metricsAreForWhomTheyAreMeantAndAllElseIsReachedAsBefore() {
    String peer = "{\"namespaceSelector\":{\"matchLabels\":{\"team\":\"watch\"}}}";

    JsonNode policy =
        Chart.of(Chart.rendered("metrics.from=[" + peer + "]"), "NetworkPolicy", "muster-metrics");

    assertThat(Chart.of(all, "NetworkPolicy")).isEmpty();
    assertThat(texts(policy.at("/spec/policyTypes"))).containsExactly("Ingress");
    assertThat(policy.at("/spec/ingress/0/from").isMissingNode()).isTrue();
    assertThat(policy.at("/spec/ingress/0/ports/0/port").asText()).isEqualTo("https");
    assertThat(policy.at("/spec/ingress/1/from").toString()).isEqualTo("[" + peer + "]");
    assertThat(policy.at("/spec/ingress/1/ports/0/port").asText()).isEqualTo("health");
    for (JsonNode deployment : Chart.of(all, "Deployment")) {
      assertThat(policy.at("/spec/podSelector/matchLabels").properties())
          .isNotEmpty()
          .isSubsetOf(deployment.at("/spec/template/metadata/labels").properties());
      assertThat(deployment.at("/spec/template/spec/containers/0/ports").findValuesAsText("name"))
          .isSubsetOf("https", "health");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "self-managed, '', '', muster-serving",
    "cert-manager, '', muster/muster-serving, muster-issued",
    "secret, own-tls, '', own-tls"
  })
  @Covers({"O5", "W8"})
  void certificatesHaveOneKeeperAndCaBundleIsNeverRendered(
      String mode, String given, String injected, String secret) {
    List<JsonNode> rendered =
        Chart.rendered(
            "certificates.mode=\"" + mode + "\"", "certificates.secret=\"" + given + "\"");

    assertThat(Chart.configuration(rendered).certificates().secret()).isEqualTo(secret);
    assertThat(Chart.of(rendered, "Deployment", "muster-webhook").toString())
        .contains("\"secretName\":\"" + secret + "\"");
    assertThat(webhooks(rendered))
        .hasSize(3)
        .allMatch(webhook -> webhook.at("/clientConfig/caBundle").isMissingNode());
    for (String kind : List.of("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration")) {
      JsonNode annotations = Chart.of(rendered, kind, "muster").at("/metadata/annotations");
      assertThat(annotations.path("cert-manager.io/inject-ca-from").asText()).isEqualTo(injected);
    }
  }

  @Test
  void namedIssuerIsUsedAndOtherwiseOneIsMade() {
    List<JsonNode> alone = Chart.rendered("certificates.mode=\"cert-manager\"");
    List<JsonNode> named =
        Chart.rendered(
            "certificates.mode=\"cert-manager\"",
            "certificates.issuerRef={\"name\":\"site\",\"kind\":\"ClusterIssuer\"}");

    assertThat(Chart.of(alone, "Issuer")).hasSize(2);
    assertThat(Chart.of(alone, "Certificate", "muster-issuer").at("/spec/isCA").asBoolean())
        .isTrue();
    assertThat(Chart.of(named, "Issuer")).isEmpty();
    assertThat(Chart.of(named, "Certificate"))
        .singleElement()
        .satisfies(one ->
            assertThat(one.at("/spec/issuerRef").toString())
                .isEqualTo(
                    "{\"group\":\"cert-manager.io\",\"kind\":\"ClusterIssuer\",\"name\":\"site\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "certificates.mode=\"secret\" | certificates.mode: secret needs certificates.secret",
        "certificates.secret=\"mine\" | certificates.secret: mine is used only by certificates.mode: secret",
        "certificates={\"mode\":\"secret\",\"secret\":\"muster-store\"} | certificates.secret: muster-store holds",
        "certificates.issuerRef.name=\"site\" | certificates.issuerRef: site is used only by",
        "certificates.issuerRef.kind=\"ClusterIssuer\" | certificates.issuerRef has a kind or group and no name"
      })
  void certificatesThatContradictAreRefusedWithTheReason(String value, String because) {
    assertThatThrownBy(() -> Chart.rendered(value)).hasMessageContaining(because);
  }

  @Test
  void theConfigurationIsOneThatMusterReads() {
    assertThat(Chart.configuration(all).image()).isEqualTo("muster.test/muster:dev");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "webhook.replicas=0",
        "enforcement.default=\"sometimes\"",
        "auditor.resources.limits.cpu=\"1\"",
        "config.image=\"other\"",
        "certificates.mode=\"certmanager\"",
        "certificates.issuer=\"site\"",
        "config.certificates.mode=\"secret\"",
        "misspelt=true"
      })
  void valuesThatMakeNoSenseAreRefused(String value) {
    assertThatThrownBy(() -> Chart.rendered(value)).hasMessageContaining("schema");
  }

  private List<JsonNode> bindings() {
    List<JsonNode> bindings = new ArrayList<>(Chart.of(all, "ClusterRoleBinding"));
    bindings.addAll(Chart.of(all, "RoleBinding"));
    return bindings;
  }

  private static List<JsonNode> webhooks(List<JsonNode> all) {
    List<JsonNode> webhooks = new ArrayList<>();
    for (String kind : List.of("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration")) {
      Chart.of(all, kind, "muster").path("webhooks").forEach(webhooks::add);
    }
    return webhooks;
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }
}
