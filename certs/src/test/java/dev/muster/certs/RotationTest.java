package dev.muster.certs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RotationTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> NAMES = List.of("muster-webhook.muster.svc", "localhost");

  @Test
  void nothingKeptBeginsWithAnAuthorityAndACertificate() {
    var step = Rotation.decide(Optional.empty(), NAMES, BEGIN);

    assertThat(step).isInstanceOf(RotationStep.Renew.class);
    assertThat(step.state().trust().trusts(step.state().serving().orElseThrow(), BEGIN)).isTrue();
  }

  @Test
  void freshCertificatesAreKeptUntilTwoThirdsOfTheShortestLife() {
    var state = Rotation.begin(NAMES, BEGIN);

    var step = Rotation.decide(Optional.of(state), NAMES, BEGIN.plus(Duration.ofDays(59)));

    assertThat(step).isInstanceOf(RotationStep.Keep.class);
    assertThat(((RotationStep.Keep) step).lookAt())
        .isBetween(BEGIN.plus(Duration.ofDays(59)), BEGIN.plus(Duration.ofDays(61)));
  }

  @Test
  void servingCertificateIsRenewedAtTwoThirdsByTheSameAuthority() {
    var state = Rotation.begin(NAMES, BEGIN);
    var later = BEGIN.plus(Duration.ofDays(60));

    var step = Rotation.decide(Optional.of(state), NAMES, later);

    assertThat(step).isInstanceOf(RotationStep.Renew.class);
    assertThat(step.state().current()).isEqualTo(state.current());
    assertThat(state.trust().trusts(step.state().serving().orElseThrow(), later)).isTrue();
  }

  @Test
  void newNameIsServedAtOnce() {
    var state = Rotation.begin(NAMES, BEGIN);
    var more = List.of("localhost", "muster-auditor.muster.svc");

    var step = Rotation.decide(Optional.of(state), more, BEGIN);

    assertThat(step.state().serving().orElseThrow().names()).containsAll(more);
  }

  @Test
  void lostServingSecretDoesNotCostTheAuthority() {
    var state = Rotation.begin(NAMES, BEGIN);
    var read = CertificateState.read(state.authorityData(), Map.of());

    var step = Rotation.decide(read, NAMES, BEGIN);

    assertThat(step).isInstanceOf(RotationStep.Renew.class);
    assertThat(step.state().current()).isEqualTo(state.current());
  }

  @Test
  @Covers({"O5", "F6"})
  void fiveYearsOfLooksNeverServeWhatYesterdaysTrustWouldRefuse() {
    var kept = Optional.of(Rotation.begin(NAMES, BEGIN));
    var published = new TreeMap<Instant, TrustBundle>(Map.of(BEGIN, kept.get().trust()));
    int authorities = 0;

    for (var now = BEGIN;
        now.isBefore(BEGIN.plus(Duration.ofDays(5 * 365)));
        now = now.plus(Duration.ofDays(2))) {
      var before = kept.get();
      var after = Rotation.decide(roundTrip(before), NAMES, now).state();
      authorities += after.current().equals(before.current()) ? 0 : 1;
      published.put(now, after.trust());
      kept = Optional.of(after);

      var yesterday = published.floorEntry(now.minus(Rotation.OVERLAP.minusHours(1)));
      var seen = yesterday == null ? published.firstEntry().getValue() : yesterday.getValue();
      assertThat(seen.trusts(after.serving().orElseThrow(), now)).as("at %s", now).isTrue();
      assertThat(after.trust().authorities()).hasSizeBetween(1, 3);
    }

    assertThat(authorities).isEqualTo(3);
  }

  @Test
  void deadAuthorityIsReplacedWhole() {
    var state = Rotation.begin(NAMES, BEGIN);
    var late = BEGIN.plus(CertificateAuthority.LIFE).plusSeconds(1);

    var step = Rotation.decide(Optional.of(state), NAMES, late);

    assertThat(step.state().current()).isNotEqualTo(state.current());
    assertThat(step.state().trust().trusts(step.state().serving().orElseThrow(), late)).isTrue();
  }

  private static Optional<CertificateState> roundTrip(CertificateState state) {
    return CertificateState.read(state.authorityData(), state.servingData());
  }
}
