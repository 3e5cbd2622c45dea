package dev.muster.auditor.pki;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.run.MovedClock;
import dev.muster.certs.SiteAuthority;
import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.Query;
import dev.muster.config.ConfigurationReader;
import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateWatchTest {

  private final MovedClock clock = new MovedClock();
  private final FakeCluster cluster = new FakeCluster(clock);
  private final Webhooks webhooks = new Webhooks(cluster);
  private final SiteAuthority site = new SiteAuthority(clock.instant(), Duration.ofDays(3650));

  @Test
  @Covers("O5")
  void whatIsWellIsNotTold() {
    var unused = new OwnSecret(cluster, OwnSecret.data(site, clock.instant()));
    CertificateWatch watch = watch("secret");

    watch.look();

    assertThat(events()).isEmpty();
    assertThat(watch.problems()).isZero();
    assertThat(watch.authorityNotAfter()).contains(clock.instant().plus(Duration.ofDays(3650)));
  }

  @Test
  @Covers({"O5", "F5"})
  void whatCallersRefuseIsToldOnceOnTheSecretAndCountedUntilItIsPutRight() {
    OwnSecret secret = new OwnSecret(cluster, OwnSecret.data(site, clock.instant()));
    CertificateWatch watch = watch("secret");
    String stranger = new SiteAuthority(clock.instant(), Duration.ofDays(90)).trust();

    secret.set("ca.crt", stranger);
    watch.look();
    watch.look();

    assertThat(watch.problems()).isEqualTo(1);
    assertThat(events())
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getInvolvedObject().getKind()).isEqualTo("Secret");
          assertThat(event.getInvolvedObject().getName()).isEqualTo("own");
          assertThat(event.getReason()).isEqualTo("CertificateRefused");
          assertThat(event.getMessage()).startsWith("tls.crt does not chain to ca.crt");
          assertThat(event.getCount()).isEqualTo(1);
        });

    secret.set("ca.crt", stranger + site.trust());
    watch.look();

    assertThat(watch.problems()).isZero();
  }

  @Test
  @Covers({"O5", "F5"})
  void certificateThatNobodyReplacesIsToldBeforeItExpires() {
    var unused = new OwnSecret(cluster, OwnSecret.data(site, clock.instant()));
    CertificateWatch watch = watch("secret");

    clock.pass(Duration.ofDays(80));
    watch.look();

    assertThat(events())
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getReason()).isEqualTo("CertificateExpiring");
          assertThat(event.getMessage()).startsWith("tls.crt expires at 2027-01-30");
        });
  }

  @Test
  void absentSecretIsNamedWithWhatItMustHave() {
    cluster.namespace("muster");

    watch("secret").look();

    assertThat(events())
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getInvolvedObject().getName()).isEqualTo("own");
          assertThat(event.getMessage())
              .contains(
                  "does not exist", "tls.crt, tls.key and ca.crt", "muster-webhook.muster.svc");
        });
  }

  @Test
  @Covers({"O5", "F6"})
  void caBundleThatCertManagerDoesNotInjectIsTold() {
    var unused = new OwnSecret(cluster, OwnSecret.data(site, clock.instant()));
    CertificateWatch watch = watch("cert-manager");

    watch.look();
    int before = watch.problems();
    webhooks.inject(site.trust());
    watch.look();

    assertThat(before).as("both configurations").isEqualTo(2);
    assertThat(events())
        .extracting(Event::getMessage)
        .allMatch(text -> text.contains("cert-manager.io/inject-ca-from"));
    assertThat(watch.problems()).isZero();
  }

  @Test
  @Covers("O5")
  void ownCertificatesAreWatchedLikeThoseOfOthers() {
    cluster.namespace("muster");
    var configuration = ConfigurationReader.read("muster.yaml", "{}");
    CertificateWatch watch = new CertificateWatch(cluster, configuration, clock);
    watch.look();
    CertificateKeeper.of(cluster, configuration, clock).maintain();
    watch.look();
    int fresh = watch.problems();

    clock.pass(Duration.ofDays(80)); // and nobody rotated
    watch.look();

    assertThat(fresh).isZero();
    assertThat(events()).extracting(Event::getReason).isEqualTo(List.of("CertificateExpiring"));
  }

  private CertificateWatch watch(String mode) {
    return new CertificateWatch(cluster, OwnSecret.configuration(mode), clock);
  }

  private List<Event> events() {
    return cluster.list(Event.class, Query.in("muster"));
  }
}
