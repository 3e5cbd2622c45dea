package dev.muster.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.model.RunId;
import dev.muster.model.WorkloadKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// One backup that a test asked for by annotation, followed in the store alone.
final class Backup {

  private final Node node;
  final Tenant tenant;
  final RunId run;
  private final String cluster;
  private final WorkloadKey workload;

  private Backup(Node node, Tenant tenant, String value) {
    this.node = node;
    this.tenant = tenant;
    cluster =
        node.kubectl().get("namespace", "default", "kube-system").at("/metadata/uid").asText();
    workload = WorkloadKey.of("StatefulSet", tenant.namespace, "db");
    run = RunId.ofRequest(cluster, workload, value);
  }

  /// Asks for a backup of the StatefulSet `db`, when it has its contract.
  static Backup ask(Node node, Tenant tenant) {
    tenant.awaitField("statefulset/db", "{.metadata.annotations.muster\\.dev/plan}");
    String value = UUID.randomUUID().toString();
    tenant.annotate("statefulset/db", "muster.dev/run=" + value);
    return new Backup(node, tenant, value);
  }

  /// Manifests of the StatefulSet `db`, whatever the run.
  static List<String> manifestsOf(Node node, Tenant tenant) {
    return new Backup(node, tenant, "").manifests();
  }

  /// Waits for the manifest and returns what it says; fails early where the run failed.
  JsonNode sealed() {
    String key =
        await("backup " + run + " sealed")
            .atMost(Duration.ofMinutes(5))
            .pollInterval(Duration.ofSeconds(1))
            .failFast(() ->
                failure()
                    .ifPresent(f -> {
                      throw new AssertionError("run failed: " + f);
                    }))
            .until(this::manifestKey, Optional::isPresent)
            .orElseThrow();
    String payload = node.store().json(key).orElseThrow().path("payload").asText();
    return Kubectl.tree(
        new String(Base64.getDecoder().decode(payload), java.nio.charset.StandardCharsets.UTF_8));
  }

  /// Waits until the run has failed for good and returns the journal's word on it.
  JsonNode failed(Duration limit) {
    return await("backup " + run + " failed")
        .atMost(limit)
        .pollInterval(Duration.ofSeconds(1))
        .failFast(() ->
            manifestKey()
                .ifPresent(k -> {
                  throw new AssertionError("sealed: " + k);
                }))
        .until(this::failure, Optional::isPresent)
        .orElseThrow();
  }

  Optional<JsonNode> failure() {
    return node.store().json(journal() + "failed.json");
  }

  Optional<String> manifestKey() {
    return manifests().stream().filter(key -> key.contains(run.value())).findFirst();
  }

  List<String> manifests() {
    return node.store().list("points/" + cluster + "/" + workload.value() + "/").stream()
        .filter(key -> key.endsWith("/manifest.json"))
        .toList();
  }

  String journal() {
    return "runs/" + cluster + "/" + workload.value() + "/" + run.value() + "/";
  }

  /// The run's newest Pod, once all of its containers run.
  JsonNode runningPod() {
    return await("Pod of backup " + run)
        .atMost(Duration.ofMinutes(1))
        .until(() -> pods().stream().filter(Backup::allRun).findFirst(), Optional::isPresent)
        .orElseThrow();
  }

  List<JsonNode> pods() {
    return node.kubectl().list("pod", tenant.namespace, "muster.dev/run-id=" + run.value());
  }

  private static boolean allRun(JsonNode pod) {
    JsonNode statuses = pod.path("status").path("containerStatuses");
    for (JsonNode status : statuses) {
      if (!status.path("state").has("running")) {
        return false;
      }
    }
    return !statuses.isEmpty();
  }
}
