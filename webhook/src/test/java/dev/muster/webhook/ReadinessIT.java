package dev.muster.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.certs.CertificateAuthority;
import dev.muster.certs.ServingCertificate;
import dev.muster.policies.PolicyEngine;
import dev.muster.policies.PolicyInForce;
import dev.muster.policies.PolicyOutcome;
import dev.muster.testkit.Covers;
import dev.muster.webhook.admission.FakePolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadinessIT {
  private final InstantSource clock = InstantSource.system();
  private final Instant now = clock.instant();
  private final CertificateAuthority authority = CertificateAuthority.create(now);
  private final CertificateAuthority stranger = CertificateAuthority.create(now);

  @TempDir Path folder;

  @Test
  @Covers({"O2", "O5"})
  void readyMeansThatTheCertificateChainsToTheTrustInForce() throws Exception {
    trust(stranger);
    try (var server = start(new FakePolicy())) {
      assertThat(await(server, "certificate: Secret muster/tls: no tls.crt and tls.key yet"))
          .isTrue();

      serve(authority.issue(List.of("localhost"), now));
      assertThat(await(server, "certificate: Secret muster/tls: tls.crt does not chain to ca.crt"))
          .isTrue();

      trust(authority);
      assertThat(await(server, "certificate: ok")).isTrue();
      assertThat(await(server, "self-test: ok")).isTrue();
      assertThat(server.ready()).isTrue();
    }
  }

  @Test
  @Covers("F5")
  void anExpiredCertificateIsNotReady() throws Exception {
    trust(authority);
    serve(authority.issue(List.of("localhost"), now.minus(CertificateAuthority.SERVING_LIFE)));
    try (var server = start(new FakePolicy())) {
      assertThat(await(server, "certificate: Secret muster/tls: tls.crt expired")).isTrue();
    }
  }

  @Test
  @Covers("O2")
  void aPolicyThatFailsItsSelfTestIsNotReady() throws Exception {
    staysUnready(new PolicyOutcome.Broken("no rules"), "could not be judged: no rules");
  }

  @Test
  @Covers("O2")
  void aPolicyThatSetsNothingIsNotReady() throws Exception {
    staysUnready(
        new PolicyOutcome.Decided(JsonNodeFactory.instance.objectNode()),
        "gave a StatefulSet no contract");
  }

  private void staysUnready(PolicyOutcome answer, String reason) throws Exception {
    trust(authority);
    serve(authority.issue(List.of("localhost"), now));
    try (var server = start(new FixedPolicy(answer))) {
      assertThat(await(server, reason)).isTrue();
      assertThat(server.ready()).isFalse();
    }
  }

  private WebhookServer start(PolicyEngine policy) {
    return WebhookServer.start(
        Mounted.settings(
            new WebhookSettings.Certificates.Files(
                folder, folder.resolve("ca.crt"), "Secret muster/tls", List.of("localhost"))),
        PolicyInForce.always(policy),
        clock);
  }

  private void trust(CertificateAuthority trusted) throws IOException {
    Files.writeString(folder.resolve("ca.crt"), trusted.certificatePem());
  }

  private void serve(ServingCertificate serving) throws IOException {
    Files.writeString(folder.resolve("tls.key"), serving.keyPem());
    Files.writeString(folder.resolve("tls.crt"), serving.certificatesPem());
  }

  /// Waits until `/readyz` says `text`.
  private static boolean await(WebhookServer server, String text) throws Exception {
    var uri = URI.create("http://127.0.0.1:" + server.healthPort() + "/readyz");
    try (var client = HttpClient.newHttpClient()) {
      var deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
      while (System.nanoTime() < deadline) {
        var answer =
            client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.body().contains(text)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Has one answer for everything.
  private record FixedPolicy(PolicyOutcome answer) implements PolicyEngine {
    @Override
    public PolicyOutcome evaluate(String entrypoint, JsonNode input) {
      return answer;
    }

    @Override
    public String digest() {
      return "sha256:fixed";
    }
  }
}
