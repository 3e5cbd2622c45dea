package dev.muster.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.model.RunId;
import dev.muster.model.WorkloadKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.core.ConditionTimeoutException;

/// One backup that a test asked for by annotation, followed in the store alone.
final class Backup {

  private final Node node;
  final Tenant tenant;
  final RunId run;
  private final WorkloadKey workload;

  private Backup(Node node, Tenant tenant, String value) {
    this.node = node;
    this.tenant = tenant;
    workload = WorkloadKey.of("StatefulSet", tenant.namespace, "db");
    run = RunId.ofRequest(node.cluster(), workload, value);
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
    JsonNode last = node.store().stored(last(Duration.ofMinutes(5)));
    if (!last.has("payload")) {
      throw new AssertionError("run failed: " + last);
    }
    byte[] payload = Base64.getDecoder().decode(last.path("payload").asText());
    return Kubectl.tree(new String(payload, StandardCharsets.UTF_8));
  }

  /// Waits until the run has failed for good and returns the journal's word on it.
  JsonNode failed(Duration limit) {
    String key = last(limit);
    if (!key.equals(failureKey())) {
      throw new AssertionError("sealed: " + key);
    }
    return node.store().stored(key);
  }

  /// The object that ends the run, once it is there.
  private String last(Duration limit) {
    try {
      return await("end of backup " + run)
          .atMost(limit)
          .pollInterval(Duration.ofSeconds(1))
          .until(this::end, Optional::isPresent)
          .orElseThrow();
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(e.getMessage() + "\n" + traces(), e);
    }
  }

  /// What there is of a run that does not end.
  private String traces() {
    List<String> found = new ArrayList<>(node.store().list(journal()));
    pods().forEach(pod -> found.add(pod.path("status").toString()));
    String auditors = "app.kubernetes.io/component=auditor";
    found.add(
        node.kubectl().run("logs", "-n", "muster", "--tail=60", "--prefix", "-l", auditors).out());
    return String.join("\n", found);
  }

  private Optional<String> end() {
    return node.store().list(points(), journal()).stream()
        .filter(key -> key.equals(failureKey()) || isManifest(key) && key.contains(run.value()))
        .findFirst();
  }

  List<String> manifests() {
    return node.store().list(points()).stream().filter(Backup::isManifest).toList();
  }

  private static boolean isManifest(String key) {
    return key.endsWith("/manifest.json");
  }

  private String points() {
    return "points/" + node.cluster() + "/" + workload.value() + "/";
  }

  private String failureKey() {
    return journal() + "failed.json";
  }

  String journal() {
    return "runs/" + node.cluster() + "/" + workload.value() + "/" + run.value() + "/";
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
