package dev.muster.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.testkit.Covers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PemTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void authorityReadsBackWhatItWrote() {
    var authority = CertificateAuthority.create(NOW);

    var read = CertificateAuthority.read(authority.certificatePem(), authority.keyPem());

    assertThat(read).isEqualTo(authority);
    assertThat(authority.keyPem()).startsWith("-----BEGIN PRIVATE KEY-----");
  }

  @Test
  void servingCertificateReadsBackWithItsNames() {
    var issued =
        CertificateAuthority.create(NOW).issue(List.of("localhost", "127.0.0.1", "a.b.svc"), NOW);

    var read = ServingCertificate.read(issued.certificatesPem(), issued.keyPem());

    assertThat(read.names()).containsExactlyInAnyOrder("localhost", "127.0.0.1", "a.b.svc");
    assertThat(read.notAfter()).isEqualTo(NOW.plus(CertificateAuthority.SERVING_LIFE));
  }

  @Test
  void foreignKeyIsRefusedWithoutShowingIt() {
    var authority = CertificateAuthority.create(NOW);
    var one = authority.issue(List.of("localhost"), NOW);
    var other = authority.issue(List.of("localhost"), NOW);

    assertThatThrownBy(() -> ServingCertificate.read(one.certificatesPem(), other.keyPem()))
        .isInstanceOf(CertificateTrouble.class)
        .hasMessageContaining("tls.key does not belong")
        .hasMessageNotContaining(other.keyPem().lines().skip(1).findFirst().orElseThrow());
  }

  @Test
  void garbageIsRefusedByName() {
    assertThatThrownBy(() -> Pem.readCertificates("no certificate"))
        .isInstanceOf(CertificateTrouble.class);
    assertThatThrownBy(() -> Pem.readPrivateKey("no key")).isInstanceOf(CertificateTrouble.class);
    assertThatThrownBy(() ->
            Pem.readCertificates("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
        .isInstanceOf(CertificateTrouble.class);
  }

  @Test
  @Covers("F5")
  void bundleTrustsOnlyItsOwnAndOnlyInTime() {
    var authority = CertificateAuthority.create(NOW);
    var serving = authority.issue(List.of("localhost"), NOW);
    var bundle = new TrustBundle(List.of(authority.certificate()));
    var stranger = new TrustBundle(List.of(CertificateAuthority.create(NOW).certificate()));

    assertThat(bundle.trusts(serving, NOW)).isTrue();
    assertThat(stranger.trusts(serving, NOW)).isFalse();
    assertThat(bundle.trusts(serving, NOW.minus(Duration.ofDays(1)))).isFalse();
    assertThat(bundle.trusts(serving, serving.notAfter())).isFalse();
  }
}
