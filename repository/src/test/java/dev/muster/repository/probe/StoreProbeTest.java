package dev.muster.repository.probe;

import static dev.muster.repository.probe.Requirement.ABORT;
import static dev.muster.repository.probe.Requirement.CLOCK;
import static dev.muster.repository.probe.Requirement.CONDITIONAL_COMPLETE;
import static dev.muster.repository.probe.Requirement.CONDITIONAL_PUT;
import static dev.muster.repository.probe.Requirement.LIST_AFTER_WRITE;
import static dev.muster.repository.probe.Requirement.LOCK_HOLDS;
import static dev.muster.repository.probe.Requirement.NO_DELETING;
import static dev.muster.repository.probe.Requirement.NO_LIFECYCLE_CHANGE;
import static dev.muster.repository.probe.Requirement.NO_LOCK_CHANGE;
import static dev.muster.repository.probe.Requirement.NO_POLICY_CHANGE;
import static dev.muster.repository.probe.Requirement.NO_VERSIONING_CHANGE;
import static dev.muster.repository.probe.Requirement.OBJECT_LOCK;
import static dev.muster.repository.probe.Requirement.ONE_WINNER_COMPLETE;
import static dev.muster.repository.probe.Requirement.ONE_WINNER_PUT;
import static dev.muster.repository.probe.Requirement.RANGES;
import static dev.muster.repository.probe.Requirement.READ_AFTER_WRITE;
import static dev.muster.repository.probe.Requirement.UNFINISHED_HIDDEN;
import static dev.muster.repository.probe.Requirement.UPLOADS_LISTED;
import static dev.muster.repository.probe.Requirement.VERSIONING;
import static dev.muster.repository.probe.Requirement.WRONG_CHECKSUM;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.muster.repository.BackupStore;
import dev.muster.repository.CompleteOutcome;
import dev.muster.repository.Digests;
import dev.muster.repository.ObjectHead;
import dev.muster.repository.OldestVersion;
import dev.muster.repository.PutOutcome;
import dev.muster.repository.StoreException;
import dev.muster.repository.StoreException.Kind;
import dev.muster.repository.directory.DirectoryBackupStore;
import dev.muster.repository.directory.DirectoryControl;
import dev.muster.repository.memory.MemoryBackupStore;
import dev.muster.repository.probe.ProbeReport.Verdict;
import dev.muster.testkit.Covers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class StoreProbeTest {

  private static final InstantSource TIME =
      InstantSource.fixed(Instant.parse("2026-11-30T12:00:00Z"));

  private final MemoryBackupStore memory = new MemoryBackupStore(TIME);
  private final BucketControl guarded = new GuardedBucket(memory);

  @Test
  void aGuardedBucketIsFit() {
    ProbeReport report = StoreProbe.run(memory, guarded, TIME);

    assertThat(report.verdict()).isEqualTo(new Verdict.Fit());
    assertThat(report.findings())
        .extracting(Finding::requirement)
        .containsExactly(Requirement.values());
    assertThat(report.left()).hasValue(memory.list(report.folder()).size());
    assertThat(memory.list("")).allMatch(object -> object.key().startsWith(report.folder()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lyingStores")
  @Covers({"F65", "F66", "F67", "F72"})
  void aStoreThatLiesIsFoundOut(Set<Requirement> unmet, String method, Told lie) {
    BackupStore lying =
        Lie.about(
            method,
            BackupStore.class,
            memory,
            (truth, said) -> lie.told(memory, truth::call, said));

    ProbeReport report = StoreProbe.run(lying, guarded, TIME);

    assertLacking(report, unmet);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("openBuckets")
  @Covers("F73")
  void aBucketThatIsOpenIsFoundOut(Set<Requirement> unmet, String method, Lie lie) {
    BucketControl open = Lie.about(method, BucketControl.class, guarded, lie);

    ProbeReport report = StoreProbe.run(memory, open, TIME);

    assertLacking(report, unmet);
  }

  @ParameterizedTest
  @EnumSource(BucketSetting.class)
  void aSettingThatTheCredentialMightChangeIsNamed(BucketSetting setting) {
    BucketControl open =
        Lie.about(
            "change",
            BucketControl.class,
            guarded,
            (truth, asked) ->
                asked[0] == setting ? new Attempt.Judged("400 MalformedXML") : truth.call());

    ProbeReport report = StoreProbe.run(memory, open, TIME);

    assertLacking(report, EnumSet.of(Requirement.valueOf("NO_" + setting + "_CHANGE")));
  }

  @Test
  void aCredentialThatMayNotWriteIsNoReasonToCallAStoreFit() {
    BackupStore readOnly =
        Lie.about(
            "putIfAbsent",
            BackupStore.class,
            memory,
            (_, _) -> {
              throw new StoreException(Kind.DENIED, "403 AccessDenied", null);
            });

    ProbeReport report = StoreProbe.run(readOnly, guarded, TIME);

    assertThat(report.verdict()).isInstanceOf(Verdict.Refused.class);
    assertThat(report.findings())
        .filteredOn(finding -> finding.requirement() == CONDITIONAL_PUT)
        .extracting(Finding::result)
        .containsExactly(new Finding.Result.Unknown("403 AccessDenied"));
  }

  @Test
  void aFolderThatCannotBeListedIsNotCalledClear() {
    BucketControl unlisted =
        Lie.about(
            "versions",
            BucketControl.class,
            guarded,
            (_, _) -> {
              throw new StoreException(Kind.DENIED, "403 AccessDenied", null);
            });

    ProbeReport report = StoreProbe.run(memory, unlisted, TIME);

    assertThat(report.left()).isEmpty();
    assertLacking(report, EnumSet.of(NO_DELETING));
  }

  @Test
  void aStoreThatIsGoneIsNotJudged() {
    BackupStore gone =
        Lie.about(
            "head",
            BackupStore.class,
            memory,
            (_, _) -> {
              throw new StoreException(Kind.UNAVAILABLE, "no route", null);
            });

    assertThatThrownBy(() -> StoreProbe.run(gone, guarded, TIME))
        .isInstanceOf(StoreException.class)
        .hasMessage("no route");
  }

  @Test
  void aDirectoryIsDegradedAndCleared(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("other"), "stays");

    ProbeReport report =
        StoreProbe.run(
            DirectoryBackupStore.open(folder),
            DirectoryControl.open(folder),
            InstantSource.system());

    assertLacking(report, EnumSet.of(VERSIONING, OBJECT_LOCK, NO_DELETING));
    assertThat(report.left()).hasValue(0);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).containsExactly(folder.resolve("other"));
    }
  }

  /// A lie that needs the honest store.
  private interface Told {
    @Nullable Object told(MemoryBackupStore honest, Truth truth, Object[] said) throws Exception;
  }

  private interface Truth {
    Object call() throws Exception;
  }

  private static Stream<Arguments> lyingStores() {
    return Stream.of(
        lie(
            EnumSet.of(CONDITIONAL_PUT, ONE_WINNER_PUT),
            "putIfAbsent",
            (honest, _, said) -> {
              honest.overwrite((String) said[0], (byte[]) said[1]);
              return new PutOutcome.Created();
            }),
        lie(
            EnumSet.of(CONDITIONAL_PUT, ONE_WINNER_PUT),
            "putIfAbsent",
            (_, truth, _) -> {
              truth.call();
              return new PutOutcome.Created();
            }),
        lie(
            EnumSet.of(ONE_WINNER_PUT),
            "putIfAbsent",
            (honest, truth, said) -> {
              if (key(said).contains("put-race-3")) {
                honest.overwrite((String) said[0], (byte[]) said[1]);
                return new PutOutcome.Created();
              }
              return truth.call();
            }),
        lie(
            EnumSet.of(CONDITIONAL_COMPLETE, ONE_WINNER_COMPLETE),
            "completeUpload",
            (_, truth, _) -> {
              truth.call();
              return new CompleteOutcome.Completed();
            }),
        lie(
            EnumSet.of(ONE_WINNER_COMPLETE),
            "completeUpload",
            (honest, truth, said) -> {
              if (key(said).contains("complete-race-2")) {
                honest.overwrite((String) said[0], "writer 7".getBytes(UTF_8));
              }
              return truth.call();
            }),
        lie(
            EnumSet.of(UNFINISHED_HIDDEN),
            "createUpload",
            (honest, truth, said) -> {
              if (key(said).endsWith("/unfinished")) {
                honest.overwrite((String) said[0], new byte[1]);
              }
              return truth.call();
            }),
        lie(EnumSet.of(UPLOADS_LISTED), "listUploads", (_, _, _) -> List.of()),
        lie(EnumSet.of(ABORT), "abortUpload", (_, _, _) -> null),
        lie(
            EnumSet.of(WRONG_CHECKSUM),
            "putPart",
            (honest, _, said) -> {
              byte[] sent = (byte[]) said[3];
              honest.putPart(
                  (String) said[0], (String) said[1], (int) said[2], sent, Digests.sha256(sent));
              return null;
            }),
        lie(
            EnumSet.of(READ_AFTER_WRITE),
            "get",
            (_, truth, said) -> key(said).endsWith("/read") ? Optional.empty() : truth.call()),
        lie(EnumSet.of(LIST_AFTER_WRITE), "list", (_, _, _) -> List.of()),
        lie(
            EnumSet.of(RANGES),
            "openStream",
            (honest, _, said) -> honest.openStream((String) said[0], 0, -1)),
        lie(
            EnumSet.of(CLOCK),
            "head",
            (_, truth, said) ->
                ((Optional<?>) truth.call())
                    .map(ObjectHead.class::cast)
                    .map(h ->
                        new ObjectHead(
                            h.size(), h.checksum(), h.etag(), h.lastModified().plusSeconds(300)))),
        lie(
            EnumSet.of(VERSIONING),
            "getOldest",
            (honest, truth, said) ->
                key(said).endsWith("/versions")
                    ? honest
                        .get((String) said[0], 1000)
                        .map(newest -> new OldestVersion(newest, TIME.instant(), 1, false))
                    : truth.call()));
  }

  private static Stream<Arguments> openBuckets() {
    return Stream.of(
        arguments(EnumSet.of(OBJECT_LOCK), "lockable", (Lie) (_, _) -> false),
        arguments(
            EnumSet.of(OBJECT_LOCK),
            "putLocked",
            (Lie)
                (_, _) -> {
                  throw new StoreException(Kind.DENIED, "403 AccessDenied", null);
                }),
        arguments(EnumSet.of(LOCK_HOLDS), "shorten", (Lie) (_, _) -> new Attempt.Done()),
        arguments(
            EnumSet.of(LOCK_HOLDS),
            "shorten",
            (Lie) (_, _) -> new Attempt.Judged("400 MissingContentMD5")),
        arguments(EnumSet.of(LOCK_HOLDS), "lockedUntil", (Lie) (_, _) -> Optional.empty()),
        arguments(
            EnumSet.of(LOCK_HOLDS),
            "delete",
            (Lie) (truth, asked) -> asked[1].equals(true) ? new Attempt.Done() : truth.call()),
        arguments(
            EnumSet.of(LOCK_HOLDS, NO_DELETING), "delete", (Lie) (_, _) -> new Attempt.Done()),
        arguments(
            EnumSet.of(NO_VERSIONING_CHANGE, NO_LOCK_CHANGE, NO_POLICY_CHANGE, NO_LIFECYCLE_CHANGE),
            "change",
            (Lie) (_, _) -> new Attempt.Done()));
  }

  private static Arguments lie(Set<Requirement> unmet, String method, Told lie) {
    return arguments(unmet, method, lie);
  }

  private static String key(Object[] said) {
    return (String) said[0];
  }

  private static void assertLacking(ProbeReport report, Set<Requirement> unmet) {
    assertThat(report.findings())
        .filteredOn(finding -> !finding.met())
        .extracting(Finding::requirement)
        .containsExactlyInAnyOrderElementsOf(unmet);
    boolean fatal = unmet.stream().anyMatch(each -> each.need() == Requirement.Need.REQUIRED);
    assertThat(report.verdict())
        .isInstanceOf(fatal ? Verdict.Refused.class : Verdict.Degraded.class);
  }
}
