package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Covers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SystemTest
final class BackupST {

  private final Node node;

  BackupST(Node node) {
    this.node = node;
  }

  @ParameterizedTest
  @CsvSource({"0, baseline", "999, restricted", "65532, restricted"})
  @Covers("F28")
  void dumpRunsAsTheUserOfTheWorkload(int user, String security) {
    try (Tenant tenant = Tenant.create(node.kubectl(), "user" + user, security)) {
      tenant.apply(Databases.postgres(user, "{}"));
      tenant.ready();
      tenant.psql("db-0", "CREATE TABLE t AS SELECT n FROM generate_series(1, 1000) n");

      JsonNode manifest = Backup.ask(node, tenant).sealed();

      String probes = manifest.path("probes").toString();
      assertThat(probes).contains("public.t").contains("1000").contains("SAME_SNAPSHOT");
      JsonNode right = tenant.get("rolebinding", "muster-runner");
      assertThat(right.at("/metadata/ownerReferences/0/kind").asText()).isEqualTo("ClusterRole");
    }
  }

  @Test
  @Covers("F38")
  void nothingInTheStoreIsReadableWithoutTheIdentity() {
    try (Tenant tenant = Tenant.create(node.kubectl(), "sealed", "baseline")) {
      tenant.apply(Databases.postgres(0, "{}"));
      tenant.ready();
      tenant.psql("db-0", "CREATE TABLE t AS SELECT 'canary-row-of-the-test' AS word");
      Backup backup = Backup.ask(node, tenant);

      JsonNode manifest = backup.sealed();

      for (JsonNode stream : manifest.path("streams")) {
        for (JsonNode segment : stream.path("segments")) {
          byte[] stored = node.store().get(segment.path("key").asText());
          String text = new String(stored, StandardCharsets.ISO_8859_1);
          assertThat(text).startsWith("age-encryption.org/v1").doesNotContain("canary");
        }
      }
      for (String key : node.store().list(backup.journal())) {
        String text = new String(node.store().get(key), StandardCharsets.UTF_8);
        assertThat(text).as(key).doesNotContain("canary");
      }
    }
  }

  @Test
  void noCredentialOfTheStoreIsOutsideMustersNamespace() {
    String secret = node.environment("AWS_SECRET_ACCESS_KEY");
    String objects = node.kubectl().ok("get", "pods,jobs,configmaps,secrets", "-A", "-o", "json");

    for (JsonNode object : Kubectl.tree(objects).path("items")) {
      if (!object.at("/metadata/namespace").asText().equals("muster")) {
        String encoded =
            java.util.Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        assertThat(object.toString()).doesNotContain(secret).doesNotContain(encoded);
      }
    }
  }
}
