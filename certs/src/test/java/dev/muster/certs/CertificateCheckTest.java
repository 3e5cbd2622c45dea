package dev.muster.certs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.certs.SiteAuthority.KeyForm;
import dev.muster.testkit.Covers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateCheckTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> NAMES =
      List.of("muster-webhook.muster.svc", "muster-auditor.muster.svc");

  private final SiteAuthority site = new SiteAuthority(NOW, Duration.ofDays(3650));
  private final Map<String, String> good = secret(site);

  @ParameterizedTest
  @EnumSource
  @Covers("O5")
  void everyFormOfKeyBehindAnIntermediateIsWell(KeyForm form) {
    var data = site.secret(form, NOW, NAMES.toArray(String[]::new));

    assertThat(CertificateCheck.findings(data, NAMES, NOW)).isEmpty();
  }

  @Test
  void wildcardStandsForTheFirstLabelOnly() {
    var data = site.secret(KeyForm.EC_PKCS8, NOW, "*.muster.svc");

    assertThat(CertificateCheck.findings(data, NAMES, NOW)).isEmpty();
    assertThat(CertificateCheck.findings(data, List.of("a.b.muster.svc"), NOW)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tls.crt", "tls.key", "ca.crt"})
  void missingKeyIsNamed(String key) {
    assertThat(refused(without(key))).startsWith(key + " is missing: it must hold");
  }

  @ParameterizedTest
  @CsvSource({
    "tls.crt, tls.crt and tls.key: ",
    "tls.key, tls.crt and tls.key: ",
    "ca.crt, ca.crt: "
  })
  void unreadableKeyIsNamed(String key, String text) {
    assertThat(refused(with(key, "nonsense"))).startsWith(text);
  }

  @Test
  @Covers("F5")
  void keyOfAnotherIssueIsToldWithoutShowingIt() {
    var other = secret(site).getOrDefault("tls.key", "");

    assertThat(refused(with("tls.key", other)))
        .contains("tls.key does not belong to the first certificate of tls.crt")
        .doesNotContain(other.lines().skip(1).findFirst().orElseThrow());
  }

  @Test
  @Covers("F5")
  void chainThatDoesNotEndAtTheAuthorityIsRefused() {
    var stranger = new SiteAuthority(NOW, Duration.ofDays(30)).trust();
    var leafOnly = Pem.write(Pem.readCertificates(good.getOrDefault("tls.crt", "")).subList(0, 1));

    assertThat(refused(with("ca.crt", stranger))).startsWith("tls.crt does not chain to ca.crt");
    assertThat(refused(with("tls.crt", leafOnly))).startsWith("tls.crt does not chain to ca.crt");
    assertThat(CertificateCheck.findings(with("ca.crt", stranger + site.trust()), NAMES, NOW))
        .isEmpty();
  }

  @Test
  @Covers("F5")
  void lackingNamesAndUsesAreTold() {
    var one = site.secret(KeyForm.EC_SEC1, NOW, NAMES.getFirst());
    var client =
        site.secret(
            KeyForm.EC_SEC1, KeyPurposeId.id_kp_clientAuth, NOW, NAMES.toArray(String[]::new));

    assertThat(refused(one)).contains("must also have the names muster-auditor.muster.svc");
    assertThat(refused(client)).contains("serverAuth");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, tls.crt is valid only from 2026-01-01T00:00:00Z",
    "90, tls.crt expired at 2026-04-01T00:00:00Z"
  })
  @Covers("F5")
  void leafOutOfItsTimeIsRefused(int days, String text) {
    assertThat(CertificateCheck.findings(good, NAMES, NOW.plus(Duration.ofDays(days))))
        .contains(Finding.refused(text));
  }

  @Test
  @Covers({"O5", "F5"})
  void whatNobodyReplacedInTimeIsToldBeforeItExpires() {
    assertThat(CertificateCheck.findings(good, NAMES, NOW.plus(Duration.ofDays(74)))).isEmpty();
    assertThat(CertificateCheck.findings(good, NAMES, NOW.plus(Duration.ofDays(76))))
        .containsExactly(Finding.expiring("tls.crt expires at 2026-04-01T00:00:00Z"));
  }

  @Test
  @Covers("O5")
  void authorityThatSignedIsWatchedAndOneThatLeavesIsNot() {
    var dying = new SiteAuthority(NOW.minus(Duration.ofDays(355)), Duration.ofDays(360));
    var dead = new SiteAuthority(NOW.minus(Duration.ofDays(360)), Duration.ofDays(360));

    assertThat(CertificateCheck.findings(secret(dying), NAMES, NOW))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.kind()).isEqualTo(Finding.Kind.EXPIRING);
          assertThat(finding.text()).startsWith("ca.crt: CN=site-root-").contains("successor");
        });
    assertThat(refused(secret(dead))).startsWith("ca.crt: CN=site-root-").contains("expired at");
    assertThat(CertificateCheck.findings(with("ca.crt", site.trust() + dead.trust()), NAMES, NOW))
        .isEmpty();
  }

  @Test
  @Covers("F5")
  void deadIntermediateIsToldApart() {
    var old = new SiteAuthority(NOW.minus(Duration.ofDays(366)), Duration.ofDays(3650));

    assertThat(refused(secret(old))).contains("between leaf and CA");
  }

  private static Map<String, String> secret(SiteAuthority authority) {
    return authority.secret(KeyForm.EC_PKCS8, NOW, NAMES.toArray(String[]::new));
  }

  private static String refused(Map<String, String> data) {
    var first = CertificateCheck.findings(data, NAMES, NOW).getFirst();
    assertThat(first.refused()).isTrue();
    return first.text();
  }

  private Map<String, String> with(String key, String value) {
    var data = new HashMap<>(good);
    data.put(key, value);
    return data;
  }

  private Map<String, String> without(String key) {
    var data = new HashMap<>(good);
    data.remove(key);
    return data;
  }
}
