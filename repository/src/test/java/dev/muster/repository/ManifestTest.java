package dev.muster.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.repository.ManifestVerifier.Check;
import dev.muster.repository.ManifestVerifier.Refusal;
import dev.muster.testkit.Covers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ManifestTest {

  private final SigningKey key = SigningKey.generate();
  private final ManifestSigner signer = new ManifestSigner(key);
  private final ManifestVerifier verifier = new ManifestVerifier(List.of(key.publicKey()));

  @Test
  void aSignedManifestIsReadBackEqual() {
    Manifest manifest = new ManifestBuilder().build();

    Check check = verifier.verify(ManifestBuilder.key(), signer.sign(manifest));

    assertThat(check).isInstanceOf(Check.Valid.class);
    assertThat(((Check.Valid) check).manifest()).isEqualTo(manifest);
    assertThat(((Check.Valid) check).keyId()).isEqualTo(key.publicKey().id());
  }

  @Test
  void signingIsRepeatable() {
    Manifest manifest = new ManifestBuilder().build();

    assertThat(signer.sign(manifest)).isEqualTo(signer.sign(manifest));
  }

  @Test
  @Covers("F78")
  void noChangedByteIsBelieved() {
    byte[] stored = signer.sign(new ManifestBuilder().build());

    for (int at = 0; at < stored.length; at++) {
      byte[] changed = stored.clone();
      changed[at] ^= 1;
      Check check = verifier.verify(ManifestBuilder.key(), changed);
      if (check instanceof Check.Valid valid) {
        // A byte that carries nothing, such as the last bits of a base64 group, may differ.
        assertThat(valid.manifest()).isEqualTo(new ManifestBuilder().build());
      }
    }
  }

  @Test
  @Covers("F78")
  void aKeyThatIsNotPinnedIsRefused() {
    byte[] stored = new ManifestSigner(SigningKey.generate()).sign(new ManifestBuilder().build());

    assertThat(reason(ManifestBuilder.key(), stored)).isEqualTo(Refusal.UNKNOWN_SIGNER);
  }

  @Test
  @Covers({"F76", "F78"})
  void aGenuineManifestAtAnotherPlaceIsRefused() {
    byte[] stored = signer.sign(new ManifestBuilder().build());
    String elsewhere = ManifestBuilder.keys().manifest("f".repeat(32), ManifestBuilder.POINT);
    String foreign = new Keys("other").manifest(ManifestBuilder.WORKLOAD, ManifestBuilder.POINT);

    assertThat(reason(elsewhere, stored)).isEqualTo(Refusal.WRONG_PLACE);
    assertThat(reason(foreign, stored)).isEqualTo(Refusal.WRONG_PLACE);
  }

  @Test
  @Covers("F78")
  void segmentsOfAnotherRunAreRefused() {
    ManifestBuilder builder = new ManifestBuilder();
    var foreign =
        new Manifest.Segment(
            ManifestBuilder.keys()
                .segment(ManifestBuilder.WORKLOAD, "otherrun", "a1-00000001", "db-app", 1),
            10,
            "00".repeat(32));

    byte[] stored = signer.sign(builder.segments(foreign).build());

    assertThat(reason(ManifestBuilder.key(), stored)).isEqualTo(Refusal.WRONG_PLACE);
  }

  @Test
  @Covers("F82")
  void aNewerFormatIsRefusedCleanly() {
    byte[] stored = signer.sign(new ManifestBuilder().formatVersion(2).build());

    assertThat(reason(ManifestBuilder.key(), stored)).isEqualTo(Refusal.NEWER_FORMAT);
  }

  @Test
  @Covers("F81")
  void anOversizeManifestIsNeitherWrittenNorRead() {
    List<Manifest.Table> many =
        IntStream.range(0, 2000)
            .mapToObj(i -> new Manifest.Table("public.table_" + i, i, "ab".repeat(16)))
            .toList();

    assertThatThrownBy(() -> signer.sign(new ManifestBuilder().tables(many).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(ManifestBuilder.POINT);
    assertThat(reason(ManifestBuilder.key(), new byte[Sizes.MANIFEST + 1]))
        .isEqualTo(Refusal.TOO_LARGE);
  }

  @Test
  @Covers("F81")
  void whatIsNoManifestIsMalformed() {
    for (String text :
        List.of("", "null", "[]", "{}", "{\"payloadType\":1}", "[".repeat(10_000), "\u0000")) {
      byte[] stored = text.getBytes(StandardCharsets.UTF_8);
      assertThat(reason(ManifestBuilder.key(), stored)).as(text).isEqualTo(Refusal.MALFORMED);
    }
    byte[] empty =
        Envelope.sign(ManifestSigner.PAYLOAD_TYPE, "{}".getBytes(StandardCharsets.UTF_8), key);
    assertThat(reason(ManifestBuilder.key(), empty)).isEqualTo(Refusal.MALFORMED);
  }

  @Test
  void aSigningKeySurvivesItsPem() {
    SigningKey again = SigningKey.fromPem(key.toPem());

    assertThat(again.publicKey().toBase64()).isEqualTo(key.publicKey().toBase64());
    assertThat(VerifyingKey.fromBase64(key.publicKey().toBase64()).id())
        .isEqualTo(key.publicKey().id());
    assertThat(key.toString()).doesNotContain("PRIVATE");
  }

  private Refusal reason(String place, byte[] stored) {
    return ((Check.Refused) verifier.verify(place, stored)).reason();
  }
}
