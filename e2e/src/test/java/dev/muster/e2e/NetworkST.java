package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Covers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@SystemTest
@Needs({Part.AUDITORS, Part.NETWORK})
final class NetworkST {

  private static final String DENY =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: default-deny}
      spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
      """;

  private final Node node;

  NetworkST(Node node) {
    this.node = node;
  }

  @Test
  @Covers("F28")
  void defaultDenyIsNamedWithThePolicyToApply() {
    try (Tenant tenant = Tenant.create(node.kubectl(), "deny", "baseline")) {
      tenant.apply(Databases.postgres(0, "{}"));
      tenant.ready();
      tenant.apply(DENY);
      Backup backup = Backup.ask(node, tenant);

      JsonNode failure = backup.failed(Duration.ofMinutes(2));

      assertThat(failure.path("reason").asText()).isEqualTo("BlockedNetwork");
      String detail = failure.path("detail").asText();
      assertThat(detail).contains("kind: \"NetworkPolicy\"");
      tenant.apply(detail.substring(detail.indexOf("---")));
      assertThat(Backup.ask(node, tenant).sealed().path("streams")).isNotEmpty();
    }
  }
}
