package dev.muster.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The cluster under test with the tools to look at it: the test bed, or what the variables name.
///
/// @param cluster its identity, as in the keys of the store
record Node(Shell shell, Kubectl kubectl, Store store, String cluster) {

  static final Path ROOT =
      Path.of(System.getProperty("muster.root", "..")).toAbsolutePath().normalize();

  static Node open() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    if (!environment.containsKey("MUSTER_S3_ENDPOINT")) {
      environment.putAll(exports());
    }
    environment.put("GOGC", "off"); // kubectl ends before it had to tidy up
    Shell shell = new Shell(ROOT, Map.copyOf(environment));
    Kubectl kubectl = new Kubectl(shell, environment.getOrDefault("MUSTER_KUBECTL", "kubectl"));
    String cluster =
        kubectl.get("namespace", "default", "kube-system").at("/metadata/uid").asText();
    return new Node(shell, kubectl, Store.of(shell), cluster);
  }

  /// Muster's own command line, as people call it.
  Shell.Result muster(Duration deadline, String... arguments) {
    List<String> command = new ArrayList<>(List.of(ROOT.resolve("bin/muster").toString()));
    command.addAll(List.of(arguments));
    return shell.run(deadline, "", command);
  }

  /// Helm, and what it printed; its failure is the test's.
  String helm(String... arguments) {
    List<String> command = new ArrayList<>(List.of("helm"));
    command.addAll(List.of(arguments));
    return shell.run(Duration.ofMinutes(2), "", command).orFail();
  }

  /// The Pods of the webhook, the auditor or the drills.
  List<JsonNode> podsOf(String component) {
    return kubectl.list("pod", "muster", "app.kubernetes.io/component=" + component);
  }

  /// Waits until every Pod of the Deployment is of its present shape and ready.
  void rolledOut(String deployment) {
    kubectl.ok("-n", "muster", "rollout", "status", "deployment/" + deployment, "--timeout=240s");
  }

  /// Whether a dry run comes back with the contract.
  boolean webhookIsCalled() {
    List<String> dry =
        List.of("create", "-n", "default", "--dry-run=server", "-o", "json", "-f", "-");
    return kubectl.run(Databases.postgres(0, "{}"), dry).orFail().contains("muster.dev/managed");
  }

  String environment(String name) {
    String value = shell.environment().get(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not set: run dev/testbed/testbed up first");
    }
    return value;
  }

  private static Map<String, String> exports() {
    Shell plain = new Shell(ROOT, Map.of());
    String script = "set -e; said=$(dev/testbed/testbed env); eval \"$said\"; env -0";
    String out = plain.run(Duration.ofMinutes(1), "", List.of("bash", "-c", script)).orFail();
    Map<String, String> all = new HashMap<>();
    for (String pair : out.split("\0")) {
      int cut = pair.indexOf('=');
      if (cut > 0) {
        all.put(pair.substring(0, cut), pair.substring(cut + 1));
      }
    }
    return all;
  }
}
