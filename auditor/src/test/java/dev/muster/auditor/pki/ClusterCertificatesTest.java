package dev.muster.auditor.pki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.run.MovedClock;
import dev.muster.certs.Pem;
import dev.muster.certs.Rotation;
import dev.muster.certs.ServingCertificate;
import dev.muster.certs.SiteAuthority;
import dev.muster.certs.TrustBundle;
import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.ObjectName;
import dev.muster.config.Configuration;
import dev.muster.config.ConfigurationReader;
import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.Secret;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterCertificatesTest {

  private static final ObjectName AUTHORITY = ObjectName.in("muster", "muster-ca");

  private final MovedClock clock = new MovedClock();
  private final FakeCluster cluster = new FakeCluster(clock);
  private final Webhooks webhooks = new Webhooks(cluster);
  private final Configuration configuration = ConfigurationReader.read("muster.yaml", "{}");
  private final CertificatesInForce inForce = new CertificatesInForce(cluster, configuration);
  private final CertificateKeeper keeper = CertificateKeeper.of(cluster, configuration, clock);

  ClusterCertificatesTest() {
    cluster.namespace("muster");
    keeper.maintain();
  }

  @Test
  @Covers({"O5", "F6"})
  void successorIsInEveryCaBundleForADayBeforeItSigns() {
    X509Certificate first = anchor();

    clock.pass(Duration.ofDays(490));
    keeper.maintain();
    List<String> published = new ArrayList<>(webhooks.bundles());
    X509Certificate signer = anchor();
    clock.pass(Rotation.OVERLAP.minusMinutes(1));
    keeper.maintain();
    X509Certificate before = anchor();
    clock.pass(Duration.ofMinutes(1));
    keeper.maintain();

    assertThat(published)
        .hasSize(3)
        .allSatisfy(pem -> assertThat(Pem.readCertificates(pem)).hasSize(2).contains(first));
    assertThat(signer).isEqualTo(first);
    assertThat(before).isEqualTo(first);
    assertThat(anchor()).isNotEqualTo(first);
    assertThat(published)
        .allSatisfy(pem -> assertThat(TrustBundle.read(pem).anchor(serving())).isPresent());
  }

  @Test
  @Covers("F6")
  void authorityOfAnotherKeeperStandsBesideOursOnceItIsAdded() {
    String other = new SiteAuthority(clock.instant(), Duration.ofDays(365)).trust();
    String ours = inForce.trust().orElseThrow();

    cluster.edit(
        Secret.class,
        AUTHORITY,
        found -> found.getData().put("trust.crt", SecretData.encoded(ours + other)));
    keeper.maintain();

    assertThat(webhooks.bundles()).containsOnly(ours + other);
    assertThat(inForce.trust()).contains(ours + other);
  }

  private ServingCertificate serving() {
    Map<String, String> data = inForce.serving().orElseThrow();
    return ServingCertificate.read(
        data.getOrDefault("tls.crt", ""), data.getOrDefault("tls.key", ""));
  }

  private X509Certificate anchor() {
    return TrustBundle.read(inForce.trust().orElseThrow()).anchor(serving()).orElseThrow();
  }
}
