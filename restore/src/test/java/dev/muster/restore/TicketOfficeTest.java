package dev.muster.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.repository.Manifest;
import dev.muster.repository.ManifestSigner;
import dev.muster.repository.SigningKey;
import dev.muster.testkit.Covers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class TicketOfficeTest {
  private static final byte[] PLAIN = "PGDMP and more".repeat(500).getBytes(StandardCharsets.UTF_8);

  private final StoredPoint point = new StoredPoint();
  private final Manifest.Stream app = point.stream("db-app", "app", PLAIN);
  private final TicketOffice office = point.office(point.identity);

  @Test
  void aSoundPointGetsATicketInTheOrderAskedFor() {
    Manifest.Stream globals = point.stream("globals", "", PLAIN);

    TicketOutcome outcome = office.issue(List.of(globals, app));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            TicketOutcome.Issued.class,
            issued -> {
              assertThat(issued.ticket().streams())
                  .extracting(stream -> stream.name())
                  .containsExactly("globals", "db-app");
              assertThat(issued.ticket().streams().getLast().fileKey()).isNotEmpty();
              assertThat(issued.ticket().toString())
                  .doesNotContain(issued.ticket().streams().getLast().fileKey());
            });
  }

  @Test
  void theManifestIsTrustedByItsPinnedKeyAlone() {
    Manifest manifest = point.store(List.of(app));

    assertThat(office.open(StoredPoint.WORKLOAD.key(), StoredPoint.POINT))
        .isInstanceOfSatisfying(
            Opened.Trusted.class, trusted -> assertThat(trusted.manifest()).isEqualTo(manifest));
    assertThat(
            new StoredPoint()
                .office(point.identity)
                .open(StoredPoint.WORKLOAD.key(), StoredPoint.POINT))
        .isInstanceOf(Opened.Absent.class);
  }

  @Test
  @Covers("F94")
  void aManifestOfAnotherSignerIsRefused() {
    byte[] forged =
        new ManifestSigner(SigningKey.generate()).sign(StoredPoint.manifest(List.of(app)));
    point.store.putIfAbsent(StoredPoint.manifestKey(), forged);

    Opened opened = office.open(StoredPoint.WORKLOAD.key(), StoredPoint.POINT);

    assertThat(opened)
        .isInstanceOfSatisfying(
            Opened.Refused.class, it -> assertThat(it.evidence()).contains("UNKNOWN_SIGNER"));
  }

  @Test
  void aManifestWrittenAgainIsReadInItsOldestVersionAndTold() {
    Manifest manifest = point.store(List.of(app));
    point.store.overwrite(StoredPoint.manifestKey(), "other".getBytes(StandardCharsets.UTF_8));

    Opened opened = office.open(StoredPoint.WORKLOAD.key(), StoredPoint.POINT);

    assertThat(opened)
        .isInstanceOfSatisfying(
            Opened.Trusted.class,
            trusted -> {
              assertThat(trusted.manifest()).isEqualTo(manifest);
              assertThat(trusted.warnings()).singleElement().asString().contains("written again");
            });
  }

  @Test
  @Covers("F80")
  void anIdentityThatIsNoRecipientIsLockedOut() {
    TicketOutcome outcome = point.office(StoredPoint.anotherIdentity()).issue(List.of(app));

    assertThat(outcome)
        .isEqualTo(new TicketOutcome.Locked("stream db-app was not encrypted for this identity"));
  }

  @Test
  @Covers("F70")
  void anObjectThatIsCutOrGoneIsDamage() {
    String key = app.segments().getFirst().key();
    Manifest.Stream gone = point.stream("db-gone", "gone", PLAIN);
    byte[] whole = point.store.get(key, 1 << 20).orElseThrow();
    point.store.overwrite(key, Arrays.copyOf(whole, whole.length - 1));
    point.store.delete(gone.segments().getFirst().key());

    assertThat(office.issue(List.of(app)))
        .isInstanceOfSatisfying(
            TicketOutcome.Damaged.class,
            it -> assertThat(it.evidence()).contains(key, "the manifest says"));
    assertThat(office.issue(List.of(gone)))
        .isInstanceOfSatisfying(
            TicketOutcome.Damaged.class, it -> assertThat(it.evidence()).contains("is missing"));
  }

  @Test
  @Covers("F78")
  void anObjectSwappedForAnotherOfItsLengthIsDamage() {
    Manifest.Stream other = point.stream("db-other", "other", PLAIN);
    byte[] foreign = point.store.get(other.segments().getFirst().key(), 1 << 20).orElseThrow();
    point.store.overwrite(app.segments().getFirst().key(), foreign);

    assertThat(office.damage(List.of(app)))
        .hasValueSatisfying(it -> assertThat(it).contains("SHA-256"));
    assertThat(office.damage(List.of(other))).isEmpty();
  }

  @RepeatedTest(40)
  @Covers({"F70", "F78"})
  void aFlippedByteIsFoundWhereverItIs(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    String key = app.segments().getFirst().key();
    byte[] bytes = point.store.get(key, 1 << 20).orElseThrow();
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    point.store.overwrite(key, bytes);

    TicketOutcome outcome = office.issue(List.of(app));

    assertThat(outcome).as("seed %d", seed).isNotInstanceOf(TicketOutcome.Locked.class);
    assertThat(office.damage(List.of(app))).as("seed %d", seed).isPresent();
  }
}
