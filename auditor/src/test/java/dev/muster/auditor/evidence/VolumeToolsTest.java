package dev.muster.auditor.evidence;

import static dev.muster.auditor.evidence.EvidenceBed.CACHE;
import static dev.muster.auditor.evidence.EvidenceBed.DATA;
import static dev.muster.auditor.evidence.EvidenceBed.DOCS;
import static dev.muster.auditor.evidence.EvidenceBed.LEDGER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.Configuration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Tools that copy volumes and files.
class VolumeToolsTest {
  private final EvidenceBed bed = new EvidenceBed();

  @Test
  void veleroUploadsOfEachVolumeCountAndItsBackupAloneDoesNot() {
    Findings found = bed.read("velero-1.11.yaml");

    assertThat(found.of(DATA).points())
        .containsExactly(
            new ForeignPoint(
                "Velero", "PodVolumeBackup/nightly-1-a", Instant.parse("2026-11-01T01:01:00Z")));
    assertThat(found.of(CACHE).points()).isEmpty();
    assertThat(found.of(CACHE).lastFailure().orElseThrow().detail()).contains("locked");
    assertThat(found.of(DATA).intents()).containsExactly(new Intent("Velero", "Schedule/nightly"));
    assertThat(found.of(LEDGER).intents()).isEmpty();
  }

  @Test
  void veleroUploadsThatNoBackupHoldsAnyMoreAreNoPoints() {
    Findings found = bed.read("velero-1.18.yaml");

    assertThat(found.of(DATA).points())
        .as("its snapshot was taken when the backup began")
        .containsExactly(
            new ForeignPoint("Velero", "DataUpload/moved-1", Instant.parse("2026-11-02T01:00:00Z"))
                .ofWhatIsThere());
    assertThat(found.of(CACHE).points()).isEmpty();
    assertThat(found.of(DOCS).points())
        .extracting(ForeignPoint::object)
        .containsExactly("PodVolumeBackup/by-pod");
  }

  @Test
  void k8upSnapshotsCountForTheClaimsWhosePathsTheyHold() {
    Findings found = bed.read("k8up-2.5.yaml");

    assertThat(found.of(DATA).points())
        .containsExactly(
            new ForeignPoint("K8up", "Snapshot/162e7a85", Instant.parse("2026-11-01T02:00:00Z")));
    assertThat(found.of(CACHE).intents()).containsExactly(new Intent("K8up", "Schedule/nightly"));
    assertThat(found.of(LEDGER).intents()).isEmpty();
  }

  @Test
  void k8upFailuresAreToldUntilALaterPoint() {
    Findings found = bed.read("k8up-2.12.yaml");

    assertThat(found.of(DATA).points())
        .extracting(ForeignPoint::cut)
        .containsExactly(Instant.parse("2026-11-02T01:00:00Z"));
    assertThat(found.of(DATA).lastFailure().orElseThrow())
        .isEqualTo(
            new ForeignFailure(
                "K8up",
                "Backup/nightly-7",
                Instant.parse("2026-11-03T02:10:00Z"),
                "the job failed"));
  }

  @Test
  void volsyncMoversWithHistoryCountFromTheStartOfTheirSync() {
    Findings found = bed.read("volsync-0.8.yaml");

    assertThat(found.of(DATA).points())
        .containsExactly(
            new ForeignPoint(
                "VolSync", "ReplicationSource/db", Instant.parse("2026-11-03T00:59:59.500Z")));
    assertThat(found.of(CACHE).points()).as("a copy of now").isEmpty();
    assertThat(found.of(CACHE).intents()).hasSize(1);
  }

  @Test
  void aVolsyncMoverThatFailedIsToldWithoutItsLog() {
    Findings found = bed.read("volsync-0.13.yaml");

    assertThat(found.of(DATA).points()).hasSize(1);
    assertThat(found.of(DATA).intents()).isEmpty();
    assertThat(found.of(DATA).lastFailure().orElseThrow().detail())
        .isNotEmpty()
        .doesNotContain("hunter2");
  }

  @Test
  void longhornBackupsCountFromTheirSnapshotOnceCompleted() {
    assertThat(bed.read("longhorn-1.4.yaml").of(DATA).points())
        .containsExactly(
            new ForeignPoint("Longhorn", "Backup/backup-1", Instant.parse("2026-11-01T03:00:00Z"))
                .ofWhatIsThere());

    Findings failing = bed.read("longhorn-1.9.yaml");
    assertThat(failing.of(DATA).points()).isEmpty();
    assertThat(failing.of(DATA).lastFailure().orElseThrow().detail()).contains("target");
  }

  @Test
  void stashSessionsCountForMountsOfWhichTheyNameASnapshot() {
    Findings old = bed.read("stash-0.11.yaml");

    assertThat(old.of(DATA).points())
        .containsExactly(
            new ForeignPoint("Stash", "BackupSession/db-1", Instant.parse("2026-11-01T02:00:00Z")));
    assertThat(old.of(DATA).intents())
        .containsExactly(new Intent("Stash", "BackupConfiguration/db"));
    assertThat(old.of(CACHE).lastFailure().orElseThrow().detail()).contains("locked");
    assertThat(old.of(DOCS).points()).as("green, and nothing made").isEmpty();

    Findings now = bed.read("stash-0.35.yaml");
    assertThat(now.of(LEDGER).points()).hasSize(1);
    assertThat(now.of(LEDGER).intents()).isEmpty();
    assertThat(now.of(DATA).points()).as("a part of the mount").isEmpty();
  }

  @Test
  void kubeStashSnapshotsCountIfTheyAreIntactAndLeaveTheirVolume() {
    Findings old = bed.read("kubestash-0.6.yaml");

    assertThat(old.of(DATA).points())
        .containsExactly(
            new ForeignPoint("KubeStash", "Snapshot/db-1", Instant.parse("2026-11-01T02:00:30Z")));
    assertThat(old.of(DATA).intents()).hasSize(1);
    assertThat(old.of(CACHE).lastFailure().orElseThrow())
        .isEqualTo(
            new ForeignFailure(
                "KubeStash",
                "Snapshot/cache-1",
                Instant.parse("2026-11-02T02:05:00Z"),
                "access denied"));
    assertThat(old.of(DOCS).points()).as("it lives with its volume").isEmpty();

    Findings now = bed.read("kubestash-0.20.yaml");
    assertThat(now.of(LEDGER).points()).hasSize(1);
    assertThat(now.of(LEDGER).intents()).isEmpty();
    assertThat(now.of(DATA).points()).isEmpty();
    assertThat(now.of(DATA).lastFailure()).isPresent();
  }

  @Test
  void k8upTakesOnlyAnnotatedClaimsWhereItsOperatorSaysSo() {
    var names = new Configuration.Evidence("example.org/backup", true, "cluster-name", List.of());

    Findings found = new EvidenceBed(names).read("k8up-2.5.yaml");

    assertThat(found.of(CACHE).intents()).isEmpty();
    assertThat(found.of(DATA).points()).hasSize(1);
  }
}
