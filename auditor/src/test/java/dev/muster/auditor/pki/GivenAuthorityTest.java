package dev.muster.auditor.pki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.run.MovedClock;
import dev.muster.certs.SiteAuthority;
import dev.muster.cluster.FakeCluster;
import dev.muster.testkit.Covers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GivenAuthorityTest {

  private final MovedClock clock = new MovedClock();
  private final FakeCluster cluster = new FakeCluster(clock);
  private final Webhooks webhooks = new Webhooks(cluster);
  private final SiteAuthority site = new SiteAuthority(clock.instant(), Duration.ofDays(3650));
  private final SiteAuthority next = new SiteAuthority(clock.instant(), Duration.ofDays(3650));
  private final OwnSecret secret = new OwnSecret(cluster, OwnSecret.data(site, clock.instant()));
  private final CertificateKeeper keeper =
      CertificateKeeper.of(cluster, OwnSecret.configuration("secret"), clock);

  @Test
  @Covers({"O5", "F6"})
  void caBundleOfEveryEntryIsTheSecretsAuthorityAndComesBackOnceReverted() {
    keeper.maintain();
    webhooks.write("");

    keeper.maintain();
    keeper.maintain();

    assertThat(webhooks.bundles()).isEqualTo(List.of(site.trust(), site.trust(), site.trust()));
    assertThat(webhooks.writes()).as("two at first, one to put it right").isEqualTo(3);
  }

  @Test
  @Covers({"O5", "F6"})
  void oldAndNewAuthorityArePublishedBeforeTheLeafChanges() {
    secret.set("ca.crt", site.trust() + "# the next one\n" + next.trust());

    keeper.maintain();

    assertThat(webhooks.bundles()).containsOnly(site.trust() + next.trust());
  }

  @Test
  @Covers("F6")
  void authorityThatDidNotSignTheLeafIsNotPublished() {
    keeper.maintain();
    secret.set("ca.crt", next.trust());

    keeper.maintain();

    assertThat(webhooks.bundles()).containsOnly(site.trust());
  }

  @Test
  @Covers("O5")
  void certManagersCaBundleIsLeftAlone() {
    CertificateKeeper.of(cluster, OwnSecret.configuration("cert-manager"), clock).maintain();

    assertThat(webhooks.writes()).isZero();
  }
}
