package dev.muster.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.policies.PolicyInForce;
import dev.muster.policies.WasmPolicyEngine;
import dev.muster.testkit.LightBed;
import dev.muster.webhook.admission.Reviews;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// The webhook in this JVM, behind a real API server that trusts it and calls it. Of its namespaces
/// `shop` is at the level warn, `bank` at enforce; for `plain` the webhook is not called. Started
/// when first asked for, ended with the JVM.
final class RealApiServer {
  static final ObjectMapper JSON = new ObjectMapper();

  final LightBed bed = LightBed.shared();

  /// The proxy takes an offer of HTTP/2 for an upgrade.
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Path folder;
  private final WebhookServer server;
  private final URI address;

  static RealApiServer shared() {
    return Holder.SERVER;
  }

  private RealApiServer(Path folder) throws Exception {
    this.folder = folder;
    var trust = folder.resolve("ca.crt");
    server =
        WebhookServer.start(
            Mounted.selfSigned(trust, "127.0.0.1"),
            PolicyInForce.always(WasmPolicyEngine.builtIn(2, Duration.ofSeconds(1))),
            InstantSource.system());
    var proxy =
        new ProcessBuilder(
                bed.value("MUSTER_KUBECTL"),
                "--kubeconfig=" + bed.kubeconfig(),
                "proxy",
                "--port=0")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(proxy::destroy));
    address = addressOf(proxy.inputReader());
    until("the webhook is ready", server::ready);
    for (var namespace : List.of("shop", "bank", "plain")) {
      bed.kubectl("create", "namespace", namespace);
      bed.kubectl("--namespace", namespace, "create", "serviceaccount", "default");
    }
    bed.kubectl("label", "namespace", "bank", "muster.dev/enforce=enforce");
    bed.kubectl("label", "namespace", "plain", "muster.dev/enforce=audit");
    bed.kubectl("apply", "-f", file("webhooks", configurations()));
    var probe = statefulSet("probe", Map.of());
    until(
        "the API server calls the webhook",
        () -> dryRun("bank", probe).body().contains("muster.dev/managed"));
  }

  /// `kubectl proxy` says where it serves, in its first line.
  private static URI addressOf(BufferedReader said) throws IOException {
    var line = String.valueOf(said.readLine());
    return URI.create("http://" + line.substring(line.lastIndexOf(' ') + 1));
  }

  interface Condition {
    boolean holds() throws Exception;
  }

  static void until(String what, Condition condition) throws Exception {
    var deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("%s within 2 minutes", what).isLessThan(deadline);
    }
  }

  String apply(String namespace, String manifest) throws IOException {
    return bed.kubectl("--namespace", namespace, "apply", "-f", file("manifest", manifest));
  }

  JsonNode get(String namespace, String kind, String name) throws IOException {
    return JSON.readTree(
        bed.kubectl(
            "--namespace",
            namespace,
            "get",
            kind,
            name,
            "-o",
            "json",
            "--show-managed-fields=false"));
  }

  /// The answer to the creation of a StatefulSet that is not stored.
  HttpResponse<String> dryRun(String namespace, JsonNode statefulSet) throws Exception {
    return dryRun(namespace, statefulSet, "60s");
  }

  /// The same, with the time that the API server may take for the whole request.
  HttpResponse<String> dryRun(String namespace, JsonNode statefulSet, String timeout)
      throws Exception {
    return send("POST", statefulSets(namespace) + "?dryRun=All&timeout=" + timeout, statefulSet);
  }

  /// The answer to its replacement, which is not stored either.
  HttpResponse<String> dryUpdate(String namespace, JsonNode statefulSet) throws Exception {
    var name = statefulSet.at("/metadata/name").asText();
    return send("PUT", statefulSets(namespace) + "/" + name + "?dryRun=All", statefulSet);
  }

  HttpResponse<String> create(String namespace, JsonNode statefulSet) throws Exception {
    return send("POST", statefulSets(namespace), statefulSet);
  }

  private static String statefulSets(String namespace) {
    return "/apis/apps/v1/namespaces/" + namespace + "/statefulsets";
  }

  private HttpResponse<String> send(String method, String path, JsonNode body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(address.resolve(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body.toString()))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name + ".yaml"), text).toString();
  }

  /// One that the API server accepts.
  static JsonNode statefulSet(String name, Map<String, String> annotations) {
    var object = Reviews.statefulSet(annotations);
    object.withObject("/metadata").put("name", name).remove("namespace");
    var spec = object.withObject("/spec");
    spec.remove("futureField");
    spec.put("serviceName", name);
    spec.withObject("/selector/matchLabels").put("app", name);
    spec.withObject("/template/metadata/labels").put("app", name);
    var claim = spec.withArray("/volumeClaimTemplates").get(0).withObject("/spec");
    claim.withArray("/accessModes").add("ReadWriteOnce");
    claim.withObject("/resources/requests").put("storage", "1Gi");
    return object;
  }

  /// As webhook configurations want it.
  String caBundle() throws IOException {
    var pem = Files.readString(folder.resolve("ca.crt"));
    return Base64.getEncoder().encodeToString(pem.getBytes(US_ASCII));
  }

  private String configurations() throws IOException {
    var ca = caBundle();
    var all = new ArrayList<String>();
    for (var stage : List.of("mutate", "validate")) {
      all.add(
          WebhookConfigurations.of(
              stage,
              "muster",
              List.of("[shop]", "[bank]"),
              List.of(url(stage, "warn"), url(stage, "enforce")),
              ca));
    }
    return String.join("---\n", all);
  }

  private String url(String stage, String level) {
    return "https://127.0.0.1:%d/v1/%s/%s".formatted(server.port(), stage, level);
  }

  private static final class Holder {
    static final RealApiServer SERVER = start();

    private static RealApiServer start() {
      try {
        return new RealApiServer(Files.createTempDirectory("muster-webhook-"));
      } catch (Exception e) {
        throw new IllegalStateException("no webhook behind a real API server", e);
      }
    }
  }
}
