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

    assertThat(found.points(DATA))
        .containsExactly(
            new ForeignPoint(
                "Velero", "PodVolumeBackup/nightly-1-a", Instant.parse("2026-11-01T01:01:00Z")));
    assertThat(found.points(CACHE)).isEmpty();
    assertThat(found.lastFailure(CACHE).orElseThrow().detail()).contains("locked");
    assertThat(found.intents(DATA)).containsExactly(new Intent("Velero", "Schedule/nightly"));
    assertThat(found.intents(LEDGER)).isEmpty();
  }

  @Test
  void veleroUploadsThatNoBackupHoldsAnyMoreAreNoPoints() {
    Findings found = bed.read("velero-1.18.yaml");

    assertThat(found.points(DATA))
        .as("its snapshot was taken when the backup began")
        .containsExactly(
            new ForeignPoint(
                "Velero", "DataUpload/moved-1", Instant.parse("2026-11-02T01:00:00Z")));
    assertThat(found.points(CACHE)).isEmpty();
    assertThat(found.points(DOCS))
        .extracting(ForeignPoint::object)
        .containsExactly("PodVolumeBackup/by-pod");
  }

  @Test
  void k8upSnapshotsCountForTheClaimsWhosePathsTheyHold() {
    Findings found = bed.read("k8up-2.5.yaml");

    assertThat(found.points(DATA))
        .containsExactly(
            new ForeignPoint("K8up", "Snapshot/162e7a85", Instant.parse("2026-11-01T02:00:00Z")));
    assertThat(found.intents(CACHE)).containsExactly(new Intent("K8up", "Schedule/nightly"));
    assertThat(found.intents(LEDGER)).isEmpty();
  }

  @Test
  void k8upFailuresAreToldUntilALaterPoint() {
    Findings found = bed.read("k8up-2.12.yaml");

    assertThat(found.points(DATA))
        .extracting(ForeignPoint::cut)
        .containsExactly(Instant.parse("2026-11-02T01:00:00Z"));
    assertThat(found.lastFailure(DATA).orElseThrow())
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

    assertThat(found.points(DATA))
        .containsExactly(
            new ForeignPoint(
                "VolSync", "ReplicationSource/db", Instant.parse("2026-11-03T00:59:59.500Z")));
    assertThat(found.points(CACHE)).as("a copy of now").isEmpty();
    assertThat(found.intents(CACHE)).hasSize(1);
  }

  @Test
  void aVolsyncMoverThatFailedIsToldWithoutItsLog() {
    Findings found = bed.read("volsync-0.13.yaml");

    assertThat(found.points(DATA)).hasSize(1);
    assertThat(found.intents(DATA)).isEmpty();
    assertThat(found.lastFailure(DATA).orElseThrow().detail())
        .isNotEmpty()
        .doesNotContain("hunter2");
  }

  @Test
  void longhornBackupsCountFromTheirSnapshotOnceCompleted() {
    assertThat(bed.read("longhorn-1.4.yaml").points(DATA))
        .containsExactly(
            new ForeignPoint("Longhorn", "Backup/backup-1", Instant.parse("2026-11-01T03:00:00Z")));

    Findings failing = bed.read("longhorn-1.9.yaml");
    assertThat(failing.points(DATA)).isEmpty();
    assertThat(failing.lastFailure(DATA).orElseThrow().detail()).contains("target");
  }

  @Test
  void stashSessionsCountForMountsOfWhichTheyNameASnapshot() {
    Findings old = bed.read("stash-0.11.yaml");

    assertThat(old.points(DATA))
        .containsExactly(
            new ForeignPoint("Stash", "BackupSession/db-1", Instant.parse("2026-11-01T02:00:00Z")));
    assertThat(old.intents(DATA)).containsExactly(new Intent("Stash", "BackupConfiguration/db"));
    assertThat(old.lastFailure(CACHE).orElseThrow().detail()).contains("locked");
    assertThat(old.points(DOCS)).as("green, and nothing made").isEmpty();

    Findings now = bed.read("stash-0.35.yaml");
    assertThat(now.points(LEDGER)).hasSize(1);
    assertThat(now.intents(LEDGER)).isEmpty();
    assertThat(now.points(DATA)).as("a part of the mount").isEmpty();
  }

  @Test
  void kubeStashSnapshotsCountIfTheyAreIntactAndLeaveTheirVolume() {
    Findings old = bed.read("kubestash-0.6.yaml");

    assertThat(old.points(DATA))
        .containsExactly(
            new ForeignPoint("KubeStash", "Snapshot/db-1", Instant.parse("2026-11-01T02:00:30Z")));
    assertThat(old.intents(DATA)).hasSize(1);
    assertThat(old.lastFailure(CACHE).orElseThrow())
        .isEqualTo(
            new ForeignFailure(
                "KubeStash",
                "Snapshot/cache-1",
                Instant.parse("2026-11-02T02:05:00Z"),
                "access denied"));
    assertThat(old.points(DOCS)).as("it lives with its volume").isEmpty();

    Findings now = bed.read("kubestash-0.20.yaml");
    assertThat(now.points(LEDGER)).hasSize(1);
    assertThat(now.intents(LEDGER)).isEmpty();
    assertThat(now.points(DATA)).isEmpty();
    assertThat(now.lastFailure(DATA)).isPresent();
  }

  @Test
  void k8upTakesOnlyAnnotatedClaimsWhereItsOperatorSaysSo() {
    var names = new Configuration.Evidence("example.org/backup", true, "cluster-name", List.of());

    Findings found = new EvidenceBed(names).read("k8up-2.5.yaml");

    assertThat(found.intents(CACHE)).isEmpty();
    assertThat(found.points(DATA)).hasSize(1);
  }
}
