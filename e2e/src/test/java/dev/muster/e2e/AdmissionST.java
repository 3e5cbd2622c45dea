package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Covers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@SystemTest
@Needs({Part.WEBHOOK, Part.AUDITORS})
final class AdmissionST {

  private final Node node;

  AdmissionST(Node node) {
    this.node = node;
  }

  @Test
  @Covers({"A1", "A3", "A6", "A7", "S4"})
  void statefulSetOfKubectlGetsItsContractAndItsPodStartsWithHooks() {
    try (Tenant tenant = Tenant.create(node.kubectl(), "admission", "baseline")) {
      tenant.apply(Databases.postgres(0, "{}"));

      JsonNode set = annotations(tenant.get("statefulset", "db"));
      assertThat(set.path("muster.dev/plan").asText()).isEqualTo("standard");
      assertThat(set.path("muster.dev/engine").asText()).isEqualTo("postgresql");
      assertThat(set.path("muster.dev/managed").asText()).contains("plan").contains("engine");

      tenant.ready();
      assertThat(annotations(tenant.get("pod", "db-0")).has("muster.dev/hooks")).isTrue();
    }
  }

  @Test
  @Covers("B3")
  void statefulSetOfHelmGetsItsContractAndItsPodStarts() {
    try (Tenant tenant = Tenant.create(node.kubectl(), "helm", "baseline")) {
      node.helm("install", "db", "e2e/src/test/resources/chart", "-n", tenant.namespace);

      JsonNode set = annotations(tenant.get("statefulset", "db"));
      assertThat(set.path("muster.dev/plan").asText()).isEqualTo("standard");
      tenant.ready();
    }
  }

  @Test
  @Covers({"B9", "F11"})
  void keysOfTheUserStay() {
    try (Tenant tenant = Tenant.create(node.kubectl(), "user", "baseline")) {
      tenant.apply(
          Databases.postgres(0, "{muster.dev/engine: mariadb, muster.dev/protect: \"true\"}"));

      JsonNode set = annotations(tenant.get("statefulset", "db"));

      assertThat(set.path("muster.dev/engine").asText()).isEqualTo("mariadb");
      assertThat(set.path("muster.dev/protect").asText()).isEqualTo("true");
      assertThat(set.path("muster.dev/managed").asText()).doesNotContain("engine");
    }
  }

  @Test
  @Covers({"S1", "S2", "S3"})
  void updateNeverTouchesTheTemplateNorThePod() {
    try (Tenant tenant = Tenant.create(node.kubectl(), "update", "baseline")) {
      tenant.apply(Databases.postgres(0, "{}"));
      tenant.ready();
      JsonNode before = tenant.get("statefulset", "db");
      String pod = tenant.get("pod", "db-0").at("/metadata/uid").asText();

      node.kubectl().ok("label", "-n", tenant.namespace, "statefulset/db", "team=shop");
      tenant.apply(Databases.postgres(0, "{muster.dev/rpo: 6h}"));
      tenant.annotate("statefulset/db", "muster.dev/plan-");

      JsonNode after = tenant.get("statefulset", "db");
      assertThat(after.at("/spec/template")).isEqualTo(before.at("/spec/template"));
      assertThat(after.at("/metadata/generation")).isEqualTo(before.at("/metadata/generation"));
      assertThat(annotations(after).path("muster.dev/rpo").asText()).isEqualTo("6h");
      assertThat(tenant.get("pod", "db-0").at("/metadata/uid").asText()).isEqualTo(pod);
    }
  }

  @Test
  @Covers({"F1", "W1"})
  @ResourceLock(Part.WEBHOOK)
  void withoutAWebhookAllIsAdmittedAndHealedWithinAMinute() {
    try (Tenant tenant = Tenant.create(node.kubectl(), "outage", "baseline")) {
      node.kubectl().ok("-n", "muster", "scale", "deployment/muster-webhook", "--replicas=0");
      await("no webhook left")
          .atMost(Duration.ofMinutes(1))
          .until(() -> node.podsOf("webhook"), List::isEmpty);

      tenant.apply(Databases.postgres(0, "{}"));

      await("healed")
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> {
            JsonNode set = annotations(tenant.get("statefulset", "db"));
            assertThat(set.path("muster.dev/plan").asText()).isEqualTo("standard");
          });
      tenant.ready();
      await("hooks on the Pod")
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() ->
              assertThat(annotations(tenant.get("pod", "db-0")).has("muster.dev/hooks")).isTrue());
    } finally {
      node.kubectl().ok("-n", "muster", "scale", "deployment/muster-webhook", "--replicas=2");
      node.rolledOut("muster-webhook");
      await("the API server reaches the webhook again")
          .atMost(Duration.ofMinutes(1))
          .until(node::webhookIsCalled);
    }
  }

  private static JsonNode annotations(JsonNode object) {
    return object.at("/metadata/annotations");
  }
}
