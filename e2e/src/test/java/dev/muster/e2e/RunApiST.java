package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Covers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who gets a URL to the store, and who does not.
@SystemTest
@Needs(Part.AUDITORS)
final class RunApiST {

  private final Node node;
  private final Tenant tenant;
  private final Backup backup;
  private final JsonNode pod;
  private final String attempt;

  RunApiST(Node node) {
    this.node = node;
    tenant = Tenant.listener(node.kubectl(), "runapi", "endless");
    backup = Backup.ask(node, tenant);
    pod = backup.runningPod();
    String job = pod.at("/metadata/ownerReferences/0/name").asText();
    attempt =
        tenant.get("job", job).at("/metadata/annotations").path("muster.dev/attempt").asText();
  }

  @AfterEach
  void clean() {
    tenant.close();
  }

  @Test
  @Covers("F32")
  void onlyTheRunsOwnPodGetsAUrl() {
    assertThat(ask(token(name(pod), "muster-run"))).startsWith("200");
    assertThat(ask(token("db-0", "muster-run"))).startsWith("403");
    assertThat(ask(token(name(pod), "https://kubernetes.default.svc"))).startsWith("401");
    assertThat(ask("not-a-token")).startsWith("401");
    assertThat(ask(unbound())).startsWith("403");
  }

  @Test
  @Covers("F32")
  void tokenOfADeletedPodGetsNoUrl() {
    String token = token(name(pod), "muster-run");
    assertThat(ask(token)).startsWith("200");

    node.kubectl()
        .ok("delete", "pod", "-n", tenant.namespace, name(pod), "--grace-period=0", "--force");

    // Which of the two depends on whether the API server still remembers the token.
    assertThat(ask(token)).matches("(?s)40[13] .*");
  }

  private String token(String podName, String audience) {
    return node.kubectl()
        .ok(
            "create",
            "token",
            "default",
            "-n",
            tenant.namespace,
            "--audience",
            audience,
            "--bound-object-kind",
            "Pod",
            "--bound-object-name",
            podName)
        .strip();
  }

  private String unbound() {
    return node.kubectl()
        .ok("create", "token", "default", "-n", tenant.namespace, "--audience", "muster-run")
        .strip();
  }

  /// Asks for the URL of a part as the mover would; the status comes first.
  private String ask(String token) {
    String address =
        node.kubectl().get("service", "muster", "muster-auditor").at("/spec/clusterIP").asText();
    String script =
        """
        set -euo pipefail
        ca=$(mktemp) body=$(mktemp)
        trap 'rm -f "$ca" "$body"' EXIT
        "$KUBECTL" -n muster get configmap muster-trust -o jsonpath='{.data.ca\\.crt}' > "$ca"
        curl --silent --show-error --cacert "$ca" --resolve "muster-auditor.muster.svc:8443:$ADDRESS" \
          --header @- --header 'content-type: application/json' --output "$body" --write-out '%{http_code} ' \
          --data "$DATA" "https://muster-auditor.muster.svc:8443/v1/runs/$RUN/parts"
        cat "$body"
        """;
    String data =
        """
        {"attempt":"%s","stream":"main","segment":9,"part":1,"length":1,"sha256":"%s"}\
        """
            .formatted(attempt, "0".repeat(64));
    Map<String, String> environment = new HashMap<>(node.shell().environment());
    environment.put("KUBECTL", node.kubectl().program());
    environment.put("ADDRESS", address);
    environment.put("RUN", backup.run.value());
    environment.put("DATA", data);
    return new Shell(Node.ROOT, environment)
        .run(
            Duration.ofSeconds(30),
            "authorization: Bearer " + token + "\n",
            List.of("bash", "-c", script))
        .orFail();
  }

  private static String name(JsonNode object) {
    return object.at("/metadata/name").asText();
  }
}
