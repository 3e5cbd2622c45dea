package dev.muster.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.testkit.Covers;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StreamTest {

  private static final int PART = 10_000;
  private static final long SEGMENT = 25_000;

  private final AgeKeys keys = AgeKeys.generate();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 9_500, 65_536, 131_072, 300_000})
  void whatIsWrittenIsReadBack(int size) throws Exception {
    byte[] plain = noise(size);

    HeldStream held = HeldStream.write(plain, PART, SEGMENT, keys.recipient());

    assertThat(held.read(held.segments(), held.key(keys.identity()))).isEqualTo(plain);
    assertThat(held.facts().plainBytes()).isEqualTo(size);
    assertThat(held.facts().plainSha256()).isEqualTo(Digests.sha256(plain));
    assertThat(held.facts().segments())
        .allSatisfy(s -> assertThat(s.bytes()).isLessThanOrEqualTo(SEGMENT));
    for (int i = 0; i < held.segments().size(); i++) {
      assertThat(held.facts().segments().get(i).sha256())
          .isEqualTo(Digests.sha256(held.segments().get(i)));
    }
  }

  @Test
  void keepsFirstAndLastBytes() throws Exception {
    byte[] plain = noise(300_001);

    WrittenStream facts = HeldStream.write(plain, PART, SEGMENT, keys.recipient()).facts();

    assertThat(facts.head()).isEqualTo(Arrays.copyOf(plain, 4096));
    assertThat(facts.tail())
        .isEqualTo(Arrays.copyOfRange(plain, plain.length - 4096, plain.length));
  }

  @Test
  @Covers("F77")
  void everyTruncationIsRefusedAsSegmentDigest() throws Exception {
    HeldStream held = HeldStream.write(noise(200_000), PART, SEGMENT, keys.recipient());
    FileKey key = held.key(keys.identity());
    byte[] file = held.ageFile();

    for (int cut : boundaries(file.length)) {
      byte[] last = Arrays.copyOf(file, cut);
      StreamException e = refused(held, split(last, SEGMENT), key);
      assertThat(e.reason())
          .as("cut at %d", cut)
          .isIn(StreamException.Reason.SEGMENT_DIGEST, StreamException.Reason.SEGMENT_MISSING);
    }
  }

  @Test
  @Covers("F77")
  void truncationThatTheManifestAgreesWithIsStillRefused() throws Exception {
    HeldStream held = HeldStream.write(noise(200_000), PART, SEGMENT, keys.recipient());
    FileKey key = held.key(keys.identity());
    byte[] file = held.ageFile();

    for (int cut : boundaries(file.length)) {
      HeldStream lying = lying(held, split(Arrays.copyOf(file, cut), SEGMENT));
      StreamException e = refused(lying, lying.segments(), key);
      assertThat(e.reason()).as("cut at %d", cut).isEqualTo(StreamException.Reason.DECRYPT);
    }
  }

  @Test
  @Covers("F78")
  void everyFlippedBitIsRefusedAsSegmentDigest() throws Exception {
    HeldStream held = HeldStream.write(noise(100_000), PART, SEGMENT, keys.recipient());
    FileKey key = held.key(keys.identity());
    Random random = new Random(7);

    for (int round = 0; round < 200; round++) {
      byte[] file = held.ageFile();
      int at = round < 100 ? round * 5 : random.nextInt(file.length);
      file[at] ^= (byte) (1 << random.nextInt(8));
      StreamException e = refused(held, split(file, SEGMENT), key);
      assertThat(e.reason()).as("byte %d", at).isEqualTo(StreamException.Reason.SEGMENT_DIGEST);
    }
  }

  @Test
  @Covers("F78")
  void swappedRepeatedOrForeignSegmentsAreRefused() throws Exception {
    HeldStream held = HeldStream.write(noise(100_000), PART, SEGMENT, keys.recipient());
    HeldStream other = HeldStream.write(noise(100_000), PART, SEGMENT, keys.recipient());
    FileKey key = held.key(keys.identity());

    List<byte[]> swapped = new ArrayList<>(held.segments());
    swapped.set(0, held.segments().get(1));
    swapped.set(1, held.segments().get(0));
    List<byte[]> repeated = new ArrayList<>(held.segments());
    repeated.set(2, held.segments().get(1));
    List<byte[]> foreign = new ArrayList<>(held.segments());
    foreign.set(1, other.segments().get(1));
    List<byte[]> otherHeader = new ArrayList<>(held.segments());
    otherHeader.set(0, other.segments().get(0));

    for (List<byte[]> stored : List.of(swapped, repeated, foreign, otherHeader)) {
      assertThat(refused(held, stored, key).reason())
          .isEqualTo(StreamException.Reason.SEGMENT_DIGEST);
    }
  }

  @Test
  @Covers("F78")
  void aMissingSegmentIsNamed() throws Exception {
    HeldStream held = HeldStream.write(noise(100_000), PART, SEGMENT, keys.recipient());

    StreamException e = refused(held, held.segments().subList(0, 2), held.key(keys.identity()));

    assertThat(e.reason()).isEqualTo(StreamException.Reason.SEGMENT_MISSING);
    assertThat(e).hasMessageContaining("segment 3");
  }

  @Test
  @Covers("F80")
  void aForeignIdentityIsToldFromADamagedHeader() throws Exception {
    HeldStream held = HeldStream.write(noise(1000), PART, SEGMENT, keys.recipient());
    byte[] damaged = held.ageFile();
    damaged[damaged.length > 150 ? 150 : 100] ^= 1;
    byte[] changedMac = held.ageFile();
    changedMac[indexOf(changedMac, "--- ") + 6] ^= 1;

    var foreign = FileKeys.ofIdentityFile(AgeKeys.generate().identity()).unwrap(held.ageFile());
    var broken = FileKeys.ofIdentityFile(keys.identity()).unwrap(changedMac);
    var noAge = FileKeys.ofIdentityFile(keys.identity()).unwrap(noise(500));

    assertThat(foreign).isInstanceOf(FileKeys.Unwrapped.NotARecipient.class);
    assertThat(broken).isInstanceOf(FileKeys.Unwrapped.BadHeader.class);
    assertThat(noAge).isInstanceOf(FileKeys.Unwrapped.BadHeader.class);
  }

  @Test
  @Covers("F80")
  void eitherOfTwoRecipientsReadsAlone() throws Exception {
    AgeKeys offline = AgeKeys.generate();
    byte[] plain = noise(50_000);
    HeldStream held = HeldStream.write(plain, PART, SEGMENT, keys.recipient(), offline.recipient());

    FileKey one = held.key("# a comment\n\n" + keys.identity() + "\n");
    FileKey two = held.key(AgeKeys.generate().identity() + "\n" + offline.identity());

    assertThat(held.read(held.segments(), one)).isEqualTo(plain);
    assertThat(held.read(held.segments(), two)).isEqualTo(plain);
  }

  @Test
  @Covers("F80")
  void aWrongDataKeyIsRefusedAsDecrypt() throws Exception {
    HeldStream held = HeldStream.write(noise(1000), PART, SEGMENT, keys.recipient());

    StreamException e = refused(held, held.segments(), new FileKey(new byte[16]));

    assertThat(e.reason()).isEqualTo(StreamException.Reason.DECRYPT);
  }

  @Test
  void anIdentityFileIsNeverQuoted() {
    assertThatThrownBy(() -> FileKeys.ofIdentityFile("AGE-SECRET-KEY-1SECRETSECRET"))
        .hasMessageNotContaining("SECRETSECRET")
        .hasNoCause();
  }

  @Test
  @Covers("F81")
  void plaintextBeyondTheManifestEndsTheRead() throws Exception {
    HeldStream bomb = HeldStream.write(new byte[50_000_000], PART, SEGMENT, keys.recipient());
    WrittenStream f = bomb.facts();
    HeldStream lying =
        new HeldStream(
            new WrittenStream(1000, f.plainSha256(), f.head(), f.tail(), f.segments()),
            bomb.segments());

    StreamException e = refused(lying, lying.segments(), bomb.key(keys.identity()));

    assertThat(e.reason()).isEqualTo(StreamException.Reason.PLAIN_DIGEST);
  }

  @Test
  @Covers("F79")
  void everyWriteHasItsOwnDataKey() throws Exception {
    byte[] plain = noise(1000);

    HeldStream first = HeldStream.write(plain, PART, SEGMENT, keys.recipient());
    HeldStream second = HeldStream.write(plain, PART, SEGMENT, keys.recipient());

    assertThat(first.key(keys.identity()).toBase64())
        .isNotEqualTo(second.key(keys.identity()).toBase64());
  }

  @Test
  @Covers("F33")
  void aSourceThatFailsLeavesNoCompleteFile() throws Exception {
    InputStream failing = new FailingSource(noise(200_000), 150_000);

    IOException e =
        catchThrowableOfType(
            IOException.class, () -> HeldStream.write(failing, PART, SEGMENT, keys.recipient()));

    assertThat(e).hasMessage("connection cut");
  }

  @Test
  @Covers("F61")
  void aPartThatCannotBeStoredEndsTheStreamWithItsReason() {
    var settings = new StreamSettings(List.of(keys.recipient()), SEGMENT, 3);
    var writer = new StreamWriter(settings, new PartBuffers(PART, 3, 2));

    assertThatThrownBy(() ->
            writer.write(
                new java.io.ByteArrayInputStream(noise(500_000)),
                (segment, part, sha256, bytes) -> {
                  if (segment == 2) {
                    throw new IOException("store said no");
                  }
                },
                (read, stored) -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage("store said no");
  }

  private static StreamException refused(HeldStream held, List<byte[]> stored, FileKey key) {
    StreamException e = catchThrowableOfType(StreamException.class, () -> held.read(stored, key));
    assertThat(e).isNotNull();
    return e;
  }

  /// Cuts near every edge of chunks, parts and segments, and some in between.
  private static List<Integer> boundaries(int length) {
    List<Integer> cuts = new ArrayList<>(List.of(0, 1, 50, 150, 200, 215, 216, 217, 230, 231, 232));
    for (int edge : List.of(PART, (int) SEGMENT, 65_552)) {
      for (int at = edge; at < length + edge; at += edge) {
        for (int off : List.of(-17, -16, -1, 0, 1, 16, 17, 184, 200, 216)) {
          cuts.add(at + off);
        }
      }
    }
    cuts.addAll(List.of(length - 1, length - 16, length - 17));
    return cuts.stream().filter(cut -> cut >= 0 && cut < length).distinct().toList();
  }

  private static HeldStream lying(HeldStream held, List<byte[]> stored) {
    List<dev.muster.repository.wire.RunReport.SegmentReport> claimed = new ArrayList<>();
    for (int i = 0; i < stored.size(); i++) {
      byte[] bytes = stored.get(i);
      claimed.add(
          new dev.muster.repository.wire.RunReport.SegmentReport(
              i + 1, bytes.length, Digests.sha256(bytes), List.of()));
    }
    WrittenStream f = held.facts();
    return new HeldStream(
        new WrittenStream(f.plainBytes(), f.plainSha256(), f.head(), f.tail(), claimed), stored);
  }

  private static List<byte[]> split(byte[] file, long segment) {
    List<byte[]> segments = new ArrayList<>();
    for (int at = 0; at < file.length; at += (int) segment) {
      segments.add(Arrays.copyOfRange(file, at, (int) Math.min(file.length, at + segment)));
    }
    return segments;
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
  }

  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static final class FailingSource extends InputStream {
    private final byte[] bytes;
    private final int failAt;
    private int position;

    FailingSource(byte[] bytes, int failAt) {
      this.bytes = bytes;
      this.failAt = failAt;
    }

    @Override
    public int read() throws IOException {
      if (position >= failAt) {
        throw new IOException("connection cut");
      }
      return bytes[position++] & 0xff;
    }
  }
}
