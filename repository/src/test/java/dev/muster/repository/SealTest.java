package dev.muster.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.repository.SealJudge.ContainerEnd;
import dev.muster.repository.SealJudge.Expected;
import dev.muster.repository.SealJudge.Judgement;
import dev.muster.repository.SealJudge.Refusal;
import dev.muster.repository.memory.MemoryBackupStore;
import dev.muster.repository.wire.RunReport;
import dev.muster.repository.wire.RunReport.PartReport;
import dev.muster.repository.wire.RunReport.ProbeReport;
import dev.muster.repository.wire.RunReport.SegmentReport;
import dev.muster.repository.wire.RunReport.StreamReport;
import dev.muster.testkit.Covers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SealTest {

  private static final Expected EXPECTED =
      new Expected(
          Set.of("dump-db-app", "probe-db-app", "mover"), Set.of("db-app"), Set.of("db-app"));
  private static final List<ContainerEnd> GOOD =
      List.of(end("dump-db-app", 0), end("probe-db-app", 0), end("mover", 0));

  private final SigningKey key = SigningKey.generate();
  private final MemoryBackupStore store =
      new MemoryBackupStore(InstantSource.fixed(ManifestBuilder.SLOT));
  private final Keys keys = ManifestBuilder.keys();
  private final Sealer sealer = new Sealer(store, keys, new ManifestSigner(key));
  private final Sealer.Attempt attempt =
      new Sealer.Attempt(ManifestBuilder.WORKLOAD, ManifestBuilder.RUN, "a1-00000001");
  private final byte[] part = "some ciphertext".getBytes(StandardCharsets.UTF_8);

  @Test
  void aWholeCaptureIsSealed() {
    assertThat(SealJudge.capture(EXPECTED, GOOD, report(null))).isEqualTo(new Judgement.Seal());
    assertThat(SealJudge.capture(EXPECTED, GOOD, report(true))).isEqualTo(new Judgement.Seal());
  }

  @Test
  @Covers({"F38", "F39"})
  void anExitCodeRefusesWhateverTheDataLooksLike() {
    List<ContainerEnd> ends =
        List.of(end("dump-db-app", 7), end("probe-db-app", 0), end("mover", 0));

    assertThat(reason(SealJudge.capture(EXPECTED, ends, report(true))))
        .isEqualTo(Refusal.CONTAINER_FAILED);
  }

  @Test
  @Covers({"F34", "F35"})
  void anUnknownEndIsAFailure() {
    List<ContainerEnd> unknown =
        List.of(end("dump-db-app", null), end("probe-db-app", 0), end("mover", 0));
    List<ContainerEnd> missing = List.of(end("probe-db-app", 0), end("mover", 0));

    assertThat(reason(SealJudge.capture(EXPECTED, unknown, report(true))))
        .isEqualTo(Refusal.CONTAINER_UNKNOWN);
    assertThat(reason(SealJudge.capture(EXPECTED, missing, report(true))))
        .isEqualTo(Refusal.CONTAINER_UNKNOWN);
  }

  @Test
  @Covers("F84")
  void aMissingTrailerIsRefused() {
    assertThat(reason(SealJudge.capture(EXPECTED, GOOD, report(false))))
        .isEqualTo(Refusal.TRAILER_MISSING);
  }

  @Test
  void aReportThatLacksAStreamOrAProbeIsRefused() {
    RunReport nothing = new RunReport("a1-00000001", List.of(), List.of());
    RunReport noProbe = new RunReport("a1-00000001", report(null).streams(), List.of());

    assertThat(reason(SealJudge.capture(EXPECTED, GOOD, nothing)))
        .isEqualTo(Refusal.REPORT_INCOMPLETE);
    assertThat(reason(SealJudge.capture(EXPECTED, GOOD, noProbe)))
        .isEqualTo(Refusal.REPORT_INCOMPLETE);
  }

  @Test
  void segmentsThatDoNotAddUpAreRefused() {
    SegmentReport good = segment();
    for (SegmentReport bad :
        List.of(
            new SegmentReport(2, good.bytes(), good.sha256(), good.parts()),
            new SegmentReport(1, good.bytes() + 1, good.sha256(), good.parts()),
            new SegmentReport(1, 0, good.sha256(), List.of()))) {
      RunReport report =
          new RunReport(
              "a1-00000001",
              List.of(new StreamReport("db-app", 1, "00", null, List.of(bad))),
              report(null).probes());
      assertThat(reason(SealJudge.capture(EXPECTED, GOOD, report)))
          .isEqualTo(Refusal.REPORT_INCOMPLETE);
    }
  }

  @Test
  void completingAndCommittingMakesAPointThatReadersSee() {
    String upload = uploadPart(part);

    var stored =
        (Sealer.Completion.Stored)
            sealer.complete(attempt, stream(), (s, n) -> Optional.of(upload));
    var sealed = (Sealer.Sealing.Sealed) sealer.commit(new ManifestBuilder().build());

    assertThat(stored.segments())
        .containsExactly(new Manifest.Segment(segmentKey(), part.length, Digests.sha256(part)));
    assertThat(store.get(stored.partList().key(), 1000)).isPresent();
    var points = reader().points(ManifestBuilder.WORKLOAD);
    assertThat(points).hasSize(1);
    assertThat(((PointReader.Found.Genuine) points.getFirst()).sha256()).isEqualTo(sealed.sha256());
    assertThat(reader().workloads()).containsExactly(ManifestBuilder.WORKLOAD);
  }

  @Test
  @Covers({"F19", "F64"})
  void sealingAgainAfterACrashComesToTheSame() {
    String upload = uploadPart(part);
    Sealer.Uploads uploads = (s, n) -> Optional.of(upload);
    var first = sealer.complete(attempt, stream(), uploads);
    var sealed = sealer.commit(new ManifestBuilder().build());

    var again = sealer.complete(attempt, stream(), uploads);
    var sealedAgain = sealer.commit(new ManifestBuilder().tables(List.of()).build());

    assertThat(again).isEqualTo(first);
    assertThat(sealedAgain).isEqualTo(sealed);
  }

  @Test
  @Covers({"F18", "F24", "F66"})
  void aSecondAttemptLosesToASealedOne() {
    sealer.commit(new ManifestBuilder().build());

    var late = sealer.commit(new ManifestBuilder().attempt("a2-00000002").build());

    assertThat(late).isInstanceOf(Sealer.Sealing.Lost.class);
    var point = (PointReader.Found.Genuine) reader().points(ManifestBuilder.WORKLOAD).getFirst();
    assertThat(point.manifest().identity().attempt()).isEqualTo("a1-00000001");
  }

  @Test
  @Covers("F62")
  void anUploadThatVanishedIsRefused() {
    String upload = uploadPart(part);
    store.abortUpload(segmentKey(), upload);

    var gone = sealer.complete(attempt, stream(), (s, n) -> Optional.of(upload));
    var never = sealer.complete(attempt, stream(), (s, n) -> Optional.empty());

    assertThat(reason(gone)).isEqualTo(Refusal.OBJECT_MISSING);
    assertThat(reason(never)).isEqualTo(Refusal.OBJECT_MISSING);
    assertThat(store.head(segmentKey())).isEmpty();
  }

  @Test
  @Covers("F36")
  void otherPartsThanReportedAreRefused() {
    String upload = uploadPart("other ciphertex".getBytes(StandardCharsets.UTF_8));

    var refused = sealer.complete(attempt, stream(), (s, n) -> Optional.of(upload));

    assertThat(reason(refused)).isEqualTo(Refusal.PARTS_DIFFER);
    assertThat(store.head(segmentKey())).isEmpty();
  }

  @Test
  @Covers("F70")
  void anObjectOfOtherBytesIsRefused() {
    store.overwrite(segmentKey(), "short".getBytes(StandardCharsets.UTF_8));

    var refused = sealer.complete(attempt, stream(), (s, n) -> Optional.empty());

    assertThat(reason(refused)).isEqualTo(Refusal.OBJECT_DIFFERS);
  }

  @Test
  @Covers("F72")
  void aLaterOverwriteOrDeleteDoesNotReplaceACommit() {
    sealer.commit(new ManifestBuilder().build());
    byte[] forged =
        new ManifestSigner(key).sign(new ManifestBuilder().attempt("a9-00000009").build());
    store.overwrite(ManifestBuilder.key(), forged);
    store.delete(ManifestBuilder.key());

    var point = (PointReader.Found.Genuine) reader().points(ManifestBuilder.WORKLOAD).getFirst();

    assertThat(point.manifest().identity().attempt()).isEqualTo("a1-00000001");
    assertThat(point.tampered()).isTrue();
  }

  @Test
  @Covers({"F63", "F64"})
  void whateverCompletingAnswersTheObjectDecides() {
    String upload = uploadPart(part);
    Sealer lostAnswer = sealerOver(true);
    Sealer lostRequest = sealerOver(false);

    assertThatThrownBy(() -> lostRequest.complete(attempt, stream(), (s, n) -> Optional.of(upload)))
        .isInstanceOf(StoreException.class);
    var stored = lostAnswer.complete(attempt, stream(), (s, n) -> Optional.of(upload));

    assertThat(stored).isInstanceOf(Sealer.Completion.Stored.class);
  }

  /// A store whose completions always end in an error, after or before they took effect.
  private Sealer sealerOver(boolean effect) {
    BackupStore failing =
        new DelegatingBackupStore(store) {
          @Override
          <T> T read(String what, Supplier<T> call) {
            return call.get();
          }

          @Override
          <T> T write(String what, Supplier<T> call) {
            if (!what.startsWith("complete ")) {
              return call.get();
            }
            if (effect) {
              var unused = call.get();
            }
            throw new StoreException(StoreException.Kind.UNAVAILABLE, what, null);
          }
        };
    return new Sealer(failing, keys, new ManifestSigner(key));
  }

  private PointReader reader() {
    return new PointReader(store, keys, new ManifestVerifier(List.of(key.publicKey())));
  }

  private String uploadPart(byte[] bytes) {
    String upload = store.createUpload(segmentKey());
    var request =
        store.presignPart(
            segmentKey(), upload, 1, bytes.length, Digests.sha256(bytes), Duration.ofMinutes(1));
    assertThat(store.send(request, bytes)).isEqualTo(200);
    return upload;
  }

  private String segmentKey() {
    return keys.segment(ManifestBuilder.WORKLOAD, ManifestBuilder.RUN, "a1-00000001", "db-app", 1);
  }

  private SegmentReport segment() {
    String digest = Digests.sha256(part);
    return new SegmentReport(
        1, part.length, digest, List.of(new PartReport(1, part.length, digest)));
  }

  private StreamReport stream() {
    return new StreamReport("db-app", 100, "22".repeat(32), null, List.of(segment()));
  }

  private RunReport report(@Nullable Boolean trailer) {
    return new RunReport(
        "a1-00000001",
        List.of(new StreamReport("db-app", 100, "22".repeat(32), trailer, List.of(segment()))),
        List.of(new ProbeReport("db-app", List.of("{}"))));
  }

  private static ContainerEnd end(String name, @Nullable Integer code) {
    return new ContainerEnd(name, code, "detail");
  }

  private static Refusal reason(Judgement judgement) {
    return ((Judgement.Refuse) judgement).reason();
  }

  private static Refusal reason(Sealer.Completion completion) {
    return ((Sealer.Completion.Refused) completion).reason();
  }
}
