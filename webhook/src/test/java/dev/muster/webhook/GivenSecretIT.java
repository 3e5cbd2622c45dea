package dev.muster.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.certs.Pem;
import dev.muster.certs.SiteAuthority;
import dev.muster.certs.SiteAuthority.KeyForm;
import dev.muster.policies.PolicyInForce;
import dev.muster.testkit.Covers;
import dev.muster.webhook.admission.FakePolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A running webhook whose Secret somebody else keeps: cert-manager, or the administrator.
class GivenSecretIT {
  private static final String NAME = "localhost";

  private final InstantSource clock = InstantSource.system();
  private final SiteAuthority site = new SiteAuthority(clock.instant(), Duration.ofDays(3650));
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> first = site.secret(KeyForm.RSA_PKCS1, clock.instant(), NAME);

  @TempDir private Path folder;
  private MountedSecret secret;
  private WebhookServer server;

  @BeforeEach
  void start() throws Exception {
    secret = new MountedSecret(folder);
    secret.write(first);
    server =
        WebhookServer.start(
            Mounted.settings(
                new WebhookSettings.Certificates.Files(
                    folder, folder.resolve("ca.crt"), "Secret muster/own", List.of(NAME))),
            PolicyInForce.always(new FakePolicy()),
            clock);
  }

  @AfterEach
  void end() {
    server.close();
    http.close();
  }

  @ParameterizedTest
  @EnumSource
  @Covers({"O5", "F5"})
  void aSecretOfCertManagersShapeIsFollowedWithoutARestart(KeyForm form) throws Exception {
    var next = site.secret(form, clock.instant(), NAME);

    secret.write(next);

    RealApiServer.until("the new leaf is shown", () -> leaf().equals(leafOf(next)));
    assertThat(readyz()).contains("certificate: ok");
  }

  @Test
  @Covers({"O5", "F5"})
  void whatCannotBeUsedLeavesTheOldCertificateInForce() throws Exception {
    var foreign = new HashMap<>(site.secret(KeyForm.EC_SEC1, clock.instant(), NAME));
    foreign.putAll(Map.of("tls.key", first.getOrDefault("tls.key", "")));

    secret.write(foreign);
    RealApiServer.until("the refusal is counted", () -> failures() > 0);
    secret.write(site.secret(KeyForm.EC_SEC1, clock.instant(), "another.name"));
    var before = failures();
    RealApiServer.until("this one, too", () -> failures() > before + 1);

    assertThat(leaf()).isEqualTo(leafOf(first));
    assertThat(readyz()).contains("certificate: ok");
  }

  @Test
  @Covers({"O2", "F5"})
  void anAuthorityThatDidNotSignIsToldBySecretAndKey() throws Exception {
    var stranger = new HashMap<>(first);
    stranger.put("ca.crt", new SiteAuthority(clock.instant(), Duration.ofDays(9)).trust());

    secret.write(stranger);

    RealApiServer.until(
        "unready", () -> readyz().contains("Secret muster/own: tls.crt does not chain to ca.crt"));
  }

  private X509Certificate leaf() throws IOException {
    var factory = TrustedTls.of(site.trust()).getSocketFactory();
    try (var socket = (SSLSocket) factory.createSocket("127.0.0.1", server.port())) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static X509Certificate leafOf(Map<String, String> data) {
    return Pem.readCertificates(data.getOrDefault("tls.crt", "")).getFirst();
  }

  private long failures() throws Exception {
    return get("/metrics")
        .lines()
        .filter(line -> line.startsWith("muster_tls_reloads_total") && line.contains("failed"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private String readyz() throws Exception {
    return get("/readyz");
  }

  private String get(String path) throws Exception {
    var uri = URI.create("http://127.0.0.1:" + server.healthPort() + path);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
