package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.auditor.AuditorParts;
import dev.muster.auditor.AuditorServer;
import dev.muster.certs.ServingCertificate;
import dev.muster.certs.SiteAuthority;
import dev.muster.certs.SiteAuthority.KeyForm;
import dev.muster.certs.TrustBundle;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.Connection;
import dev.muster.config.EngineProfilesReader;
import dev.muster.policies.PolicyInForce;
import dev.muster.policies.WasmPolicyEngine;
import dev.muster.testkit.Covers;
import dev.muster.testkit.LightBed;
import dev.muster.testkit.Tools;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each mode of certificates: the chart in a real API server, and an auditor that has the rights of
/// its service account and no other.
class CertificatesIT {

  private static final LightBed BED = LightBed.shared();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final InstantSource CLOCK = InstantSource.system();
  private static final String AUDITOR = "system:serviceaccount:muster:muster-auditor";

  @TempDir private static Path folder;
  private static PolicyInForce policy;

  private final SiteAuthority site = new SiteAuthority(CLOCK.instant(), Duration.ofDays(3650));
  private final SiteAuthority next = new SiteAuthority(CLOCK.instant(), Duration.ofDays(3650));
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeAll
  static void prepare() {
    CertManager.kinds(BED);
    policy = PolicyInForce.always(WasmPolicyEngine.builtIn(2, Duration.ofSeconds(10)));
  }

  @AfterAll
  static void remove() {
    policy.close();
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
    http.close();
    helm("uninstall", "muster", "-n", "muster");
    // The bed runs no controllers: nobody else removes what belonged to a Certificate that is gone.
    BED.kubectl("-n", "muster", "delete", "certificaterequests", "--all");
    BED.kubectl(
        "-n", "muster", "delete", "secret", "--ignore-not-found", "muster-issued", "muster-issuer");
  }

  @Test
  @Covers({"O5", "F6"})
  void selfManagedNeedsNothingButTheChart() throws Exception {
    install("certificates.mode=self-managed");

    AuditorServer server = auditor();

    await("an authority").atMost(Duration.ofMinutes(1)).until(() -> bundles().size() == 1);
    assertThat(bundles()).isNotEqualTo(Set.of(""));
    await("an answer").atMost(Duration.ofMinutes(1)).until(() -> ready(server));
  }

  @Test
  @Covers({"O5", "F6"})
  void ownSecretsAuthorityIsTheCaBundleAndComesBackWhenGitOpsRevertsIt() throws Exception {
    Map<String, String> data = new HashMap<>(secret("own-tls", site));
    install("certificates.mode=secret", "certificates.secret=own-tls");
    AuditorServer server = auditor();
    await("caBundle")
        .atMost(Duration.ofMinutes(1))
        .until(() -> bundles().equals(Set.of(site.trust())));

    write(next.trust());
    await("caBundle again")
        .atMost(Duration.ofMinutes(1))
        .until(() -> bundles().equals(Set.of(site.trust())));

    data.put("ca.crt", site.trust() + next.trust());
    apply("own-tls", data);
    await("both authorities")
        .atMost(Duration.ofMinutes(1))
        .until(() -> bundles().equals(Set.of(site.trust() + next.trust())));
    await("an answer").atMost(Duration.ofMinutes(1)).until(() -> ready(server));
    assertThat(may("update", "secrets/own-tls")).isFalse();
    assertThat(may("create", "secrets")).isFalse();
    assertThat(may("get", "secrets/muster-ca")).isFalse();
  }

  @Test
  @Covers({"O5", "F6"})
  void certManagersCaBundleIsLeftAloneAlsoWhereItIsWrong() throws Exception {
    install("certificates.mode=cert-manager");
    var unused = secret("muster-issued", site);
    write(next.trust());

    AuditorServer server = auditor();

    await("it is told")
        .atMost(Duration.ofMinutes(1))
        .until(() -> metric(server, "muster_certificate_problems") == 2);
    assertThat(BED.kubectl("-n", "muster", "get", "events"))
        .contains("CertificateRefused", "cainjector");
    assertThat(bundles()).isEqualTo(Set.of(next.trust()));
    write(site.trust());
    await("all is well")
        .atMost(Duration.ofMinutes(1))
        .until(() -> metric(server, "muster_certificate_problems") == 0);
    assertThat(may("update", "mutatingwebhookconfigurations/muster")).isFalse();
    assertThat(may("update", "secrets/muster-issued")).isFalse();
  }

  @Test
  @Covers({"O5", "F6"})
  void certManagerItselfIssuesAndInjectsWhatTheChartAsksFor() throws Exception {
    CertManager running = CertManager.start(BED);
    open.add(running);
    install("certificates.mode=cert-manager");
    AuditorServer server = auditor();

    await("caBundle").atMost(Duration.ofMinutes(1)).until(this::injected);
    write(next.trust());
    await("caBundle again").atMost(Duration.ofMinutes(1)).until(this::injected);
    await("an answer").atMost(Duration.ofMinutes(1)).until(() -> ready(server));
    await("an authority that is watched")
        .atMost(Duration.ofMinutes(1))
        .until(() -> metric(server, "muster_ca_not_after_seconds{server=\"auditor\"}") > 0);
    await("all is well")
        .atMost(Duration.ofMinutes(1))
        .until(() -> metric(server, "muster_certificate_problems") == 0);
    assertThat(running.running()).isTrue();
  }

  @Test
  @Covers({"O5", "F6"})
  void renewedAuthorityOfTheChartFitsLeavesOfBefore() throws Exception {
    open.add(CertManager.start(BED));
    install("certificates.mode=cert-manager");
    await("caBundle").atMost(Duration.ofMinutes(1)).until(this::injected);
    Map<String, String> before = data("muster-issued");
    String authority = data("muster-issuer").getOrDefault("tls.crt", "");

    renew("muster-issuer");

    await("a new authority")
        .atMost(Duration.ofMinutes(1))
        .until(() -> !data("muster-issuer").getOrDefault("tls.crt", "").equals(authority));
    TrustBundle renewed = TrustBundle.read(data("muster-issuer").getOrDefault("tls.crt", ""));
    assertThat(renewed.trusts(serving(before), CLOCK.instant())).isTrue();
    renew("muster-serving");
    await("a new leaf")
        .atMost(Duration.ofMinutes(1))
        .until(() ->
            !data("muster-issued")
                .getOrDefault("tls.crt", "")
                .equals(before.getOrDefault("tls.crt", "")));
    assertThat(
            TrustBundle.read(before.getOrDefault("ca.crt", ""))
                .trusts(serving(data("muster-issued")), CLOCK.instant()))
        .isTrue();
  }

  /// As `cmctl renew` does it.
  private static void renew(String certificate) {
    String condition =
        "{\"status\":{\"conditions\":[{\"type\":\"Issuing\",\"status\":\"True\",\"reason\":\"ByTest\","
            + "\"message\":\"renewed by hand\",\"lastTransitionTime\":\""
            + CLOCK.instant().truncatedTo(ChronoUnit.SECONDS)
            + "\"}]}}";
    BED.kubectl(
        "-n",
        "muster",
        "patch",
        "certificate",
        certificate,
        "--subresource=status",
        "--type=merge",
        "-p",
        condition);
  }

  private static ServingCertificate serving(Map<String, String> data) {
    return ServingCertificate.read(
        data.getOrDefault("tls.crt", ""), data.getOrDefault("tls.key", ""));
  }

  /// Whether every entry trusts what cert-manager wrote; its cainjector keeps what others wrote.
  private boolean injected() throws IOException {
    String authority = data("muster-issued").getOrDefault("ca.crt", "none");
    return bundles().stream().allMatch(bundle -> bundle.contains(authority));
  }

  /// Empty where the Secret does not exist yet.
  private static Map<String, String> data(String secret) throws IOException {
    String found =
        BED.kubectl("-n", "muster", "get", "secret", secret, "--ignore-not-found", "-o", "json");
    Map<String, String> data = new HashMap<>();
    if (!found.isBlank()) {
      JSON.readTree(found)
          .path("data")
          .properties()
          .forEach(entry -> data.put(entry.getKey(), plain(entry.getValue().asText())));
    }
    return data;
  }

  private static void install(String... values) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "upgrade",
                "--install",
                "muster",
                Chart.folder().toString(),
                "-n",
                "muster",
                "--create-namespace",
                "--set",
                "drill.enabled=false"));
    for (String value : values) {
      command.addAll(List.of("--set", value));
    }
    helm(command.toArray(String[]::new));
  }

  private static void helm(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of(Tools.path("helm"), "--kubeconfig=" + BED.kubeconfig()));
    command.addAll(List.of(arguments));
    Tools.run(Path.of("."), command.toArray(String[]::new));
  }

  /// For both servers.
  private Map<String, String> secret(String name, SiteAuthority by) throws IOException {
    Map<String, String> data =
        by.secret(
            KeyForm.EC_SEC1,
            CLOCK.instant(),
            "muster-webhook.muster.svc",
            "muster-auditor.muster.svc");
    BED.kubectl("apply", "-f", file("namespace", namespace()));
    apply(name, data);
    return data;
  }

  private static JsonNode namespace() {
    ObjectNode object = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Namespace");
    object.putObject("metadata").put("name", "muster");
    return object;
  }

  private static void apply(String name, Map<String, String> data) throws IOException {
    ObjectNode object = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Secret");
    object.put("type", "kubernetes.io/tls");
    object.putObject("metadata").put("name", name).put("namespace", "muster");
    ObjectNode plain = object.putObject("stringData");
    data.forEach(plain::put);
    BED.kubectl("apply", "--server-side", "--force-conflicts", "-f", file(name, object));
  }

  private static String file(String name, JsonNode object) throws IOException {
    return Files.writeString(folder.resolve(name + ".json"), object.toString()).toString();
  }

  private AuditorServer auditor() throws IOException {
    Cluster cluster = Connection.from(kubeconfig()).open();
    open.add(cluster);
    AuditorServer server =
        AuditorServer.start(
            new AuditorParts(
                "one",
                Chart.configuration(installed()),
                EngineProfilesReader.read(Optional.empty()),
                policy,
                cluster,
                Optional.empty(),
                Optional.empty(),
                CLOCK,
                System::nanoTime,
                new Random(1),
                0,
                0));
    open.add(server);
    return server;
  }

  private static List<JsonNode> installed() throws IOException {
    return List.of(
        JSON.readTree(
            BED.kubectl("-n", "muster", "get", "configmap", "muster-config", "-o", "json")));
  }

  /// The administrator's, with the auditor's token in place of his certificate.
  private static Path kubeconfig() throws IOException {
    ObjectNode config =
        (ObjectNode)
            JSON.readTree(BED.kubectl("config", "view", "--raw", "--minify", "-o", "json"));
    String token = BED.kubectl("-n", "muster", "create", "token", "muster-auditor").strip();
    ((ObjectNode) config.at("/users/0")).putObject("user").put("token", token);
    return Path.of(file("auditor", config));
  }

  /// The different values of the three entries.
  private static Set<String> bundles() throws IOException {
    Set<String> all = new HashSet<>();
    for (String kind : List.of("mutatingwebhookconfiguration", "validatingwebhookconfiguration")) {
      JSON.readTree(BED.kubectl("get", kind, "muster", "-o", "json"))
          .path("webhooks")
          .forEach(webhook -> all.add(plain(webhook.at("/clientConfig/caBundle").asText())));
    }
    return all;
  }

  /// Into all entries, as whoever else may write there.
  private static void write(String pem) {
    String bundle = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    Map<String, Integer> entries =
        Map.of("mutatingwebhookconfiguration", 2, "validatingwebhookconfiguration", 1);
    entries.forEach((kind, number) -> {
      List<String> operations = new ArrayList<>();
      for (int i = 0; i < number; i++) {
        operations.add(
            "{\"op\":\"add\",\"path\":\"/webhooks/%d/clientConfig/caBundle\",\"value\":\"%s\"}"
                .formatted(i, bundle));
      }
      BED.kubectl("patch", kind, "muster", "--type=json", "-p", operations.toString());
    });
  }

  private static String plain(String bundle) {
    return new String(Base64.getDecoder().decode(bundle), StandardCharsets.US_ASCII);
  }

  private static boolean may(String verb, String what) {
    try {
      return BED.kubectl("auth", "can-i", verb, what, "-n", "muster", "--as=" + AUDITOR)
          .strip()
          .endsWith("yes");
    } catch (IllegalStateException no) {
      assertThat(no).hasMessageEndingWith("no\n");
      return false;
    }
  }

  private boolean ready(AuditorServer server) throws Exception {
    return get(server, "/readyz").contains("https: ok");
  }

  private double metric(AuditorServer server, String name) throws Exception {
    return get(server, "/metrics")
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  private String get(AuditorServer server, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.healthPort() + path);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
