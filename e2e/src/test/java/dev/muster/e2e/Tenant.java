package dev.muster.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;

/// A namespace of its own for one test, deleted with all that is in it.
final class Tenant implements AutoCloseable {

  private final Kubectl kubectl;
  final String namespace;

  private Tenant(Kubectl kubectl, String namespace) {
    this.kubectl = kubectl;
    this.namespace = namespace;
  }

  /// `security` is a level of the Pod Security Standards.
  static Tenant create(Kubectl kubectl, String purpose, String security) {
    Tenant tenant = named(kubectl, purpose);
    kubectl.apply(tenant.manifest(security));
    return tenant;
  }

  /// One that is not there yet.
  static Tenant named(Kubectl kubectl, String purpose) {
    return new Tenant(kubectl, purpose + "-" + UUID.randomUUID().toString().substring(0, 6));
  }

  /// Of the namespace itself.
  String manifest(String security) {
    return """
    apiVersion: v1
    kind: Namespace
    metadata:
      name: %s
      labels: {pod-security.kubernetes.io/enforce: %s}
    """
        .formatted(namespace, security);
  }

  /// One with a PostgreSQL that is ready, whose table `t` has 5000 rows.
  static Tenant database(Kubectl kubectl, String purpose, String annotations) {
    Tenant tenant = create(kubectl, purpose, "baseline");
    tenant.apply(Databases.postgres(0, annotations));
    tenant.ready();
    tenant.psql(
        "db-0", "CREATE TABLE t AS SELECT n, md5(n::text) AS word FROM generate_series(1, 5000) n");
    return tenant;
  }

  /// One that only listens, to be dumped by one of the tests' own profiles.
  static Tenant listener(Kubectl kubectl, String purpose, String profile) {
    Tenant tenant = create(kubectl, purpose, "baseline");
    tenant.apply(Databases.listener(profile));
    tenant.ready();
    return tenant;
  }

  void apply(String manifest) {
    kubectl.run(manifest, List.of("apply", "-n", namespace, "-f", "-")).orFail();
  }

  JsonNode get(String kind, String name) {
    return kubectl.get(kind, namespace, name);
  }

  void annotate(String object, String annotation) {
    kubectl.ok("annotate", "--overwrite", "-n", namespace, object, annotation);
  }

  /// Waits until the Pod of the StatefulSet `db` is ready.
  void ready() {
    kubectl.ok("rollout", "status", "-n", namespace, "statefulset/db", "--timeout=240s");
  }

  /// Waits until the object has a value at this path.
  void awaitField(String object, String path) {
    kubectl.ok("wait", "-n", namespace, object, "--for=jsonpath=" + path, "--timeout=120s");
  }

  String exec(String pod, String... command) {
    String[] arguments = new String[command.length + 5];
    String[] head = {"exec", "-n", namespace, pod, "--"};
    System.arraycopy(head, 0, arguments, 0, head.length);
    System.arraycopy(command, 0, arguments, head.length, command.length);
    return kubectl.ok(arguments);
  }

  /// The answer of PostgreSQL in the Pod, one value.
  String psql(String pod, String query) {
    return exec(pod, "psql", "-U", "postgres", "-d", "app", "-XAtc", query).strip();
  }

  /// The StatefulSet first: it would go on making Pods that a dying namespace refuses.
  @Override
  public void close() {
    kubectl.ok(
        "delete",
        "-n",
        namespace,
        "--wait=false",
        "--ignore-not-found",
        "statefulset/db",
        "namespace/" + namespace);
  }
}
