package dev.muster.auditor.evidence;

import static dev.muster.auditor.evidence.EvidenceBed.CACHE;
import static dev.muster.auditor.evidence.EvidenceBed.DATA;
import static dev.muster.auditor.evidence.EvidenceBed.DOCS;
import static dev.muster.auditor.evidence.EvidenceBed.LEDGER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Tools that take whole applications.
class ApplicationToolsTest {
  private final EvidenceBed bed = new EvidenceBed();

  @Test
  void kastenCountsWhatItExportedForClaimsThatWereThere() {
    Findings found = bed.read("kasten-5.5.yaml");

    assertThat(found.points(DATA))
        .containsExactly(
            new ForeignPoint(
                "Kasten",
                "RestorePointContent/shop-exported",
                Instant.parse("2026-11-02T02:00:00Z")));
    assertThat(found.points(CACHE)).as("it came later").isEmpty();
    assertThat(found.intents(CACHE)).contains(new Intent("Kasten", "Policy/nightly"));
    assertThat(found.points(LEDGER)).as("a snapshot, and objects alone").isEmpty();
    assertThat(found.intents(LEDGER))
        .extracting(Intent::object)
        .contains("RestorePointContent/bank-local");
    assertThat(found.lastFailure(LEDGER).orElseThrow())
        .isEqualTo(
            new ForeignFailure(
                "Kasten",
                "ExportAction/bank-export",
                Instant.parse("2026-11-03T02:20:00Z"),
                "location is not reachable"));
  }

  @Test
  void kastenDoesNotCountWhereItsPolicyLeavesSomethingOut() {
    Findings found = bed.read("kasten-8.5.yaml");

    assertThat(found.points(DATA)).as("filtered").isEmpty();
    assertThat(found.intents(DATA)).isNotEmpty();
    assertThat(found.points(LEDGER)).as("nobody's policy, and one of a machine").isEmpty();
  }

  @Test
  void kastensMisspeltActionsAreTold() {
    Findings found = bed.read("kasten-8.5.yaml");

    assertThat(found.intents(LEDGER)).contains(new Intent("Kasten", "Policy/misspelt"));
    assertThat(found.lastFailure(LEDGER).orElseThrow().detail())
        .contains("does nothing", "\"bakcup\"");
    assertThat(found.lastFailure(DATA)).isEmpty();
  }

  @Test
  void kanisterCountsArtifactsThatAreKeptOutsideOfTheCluster() {
    Findings old = bed.read("kanister-0.60.yaml");

    assertThat(old.points(DATA))
        .containsExactly(
            new ForeignPoint(
                "Kanister", "ActionSet/backup-kept", Instant.parse("2026-11-01T02:00:00Z")));
    assertThat(old.lastFailure(DATA).orElseThrow())
        .isEqualTo(
            new ForeignFailure(
                "Kanister",
                "ActionSet/backup-failed",
                Instant.parse("2026-11-02T02:00:00Z"),
                "access denied"));
  }

  @Test
  void kanisterDoesNotCountSnapshotsNorWhatHasNoArtifact() {
    Findings now = bed.read("kanister-0.110.yaml");

    assertThat(now.points(DOCS)).as("a snapshot of its volume").isEmpty();
    assertThat(now.intents(DOCS)).hasSize(1);
    assertThat(now.points(DATA)).as("no artifact, or an unknown blueprint").isEmpty();
    assertThat(now.points(LEDGER)).as("of a namespace").isEmpty();
  }

  @Test
  void arksObjectsMeanAndProveNothing() {
    Findings old = bed.read("ark-0.8.yaml");
    assertThat(old.points(DATA)).isEmpty();
    assertThat(old.intents(DATA))
        .containsExactly(new Intent("Ark", "Backup/last, which nobody acts on since Velero"));
    assertThat(old.intents(LEDGER)).isEmpty();

    assertThat(new EvidenceBed().read("ark-0.10.yaml").intents(LEDGER))
        .extracting(Intent::object)
        .containsExactly("Schedule/nightly, which nobody acts on since Velero");
  }

  @Test
  void objectsOfToolsThatNobodyReadsAreFound() {
    Findings found = bed.read("known-tools.yaml");

    assertThat(found.intents(DATA))
        .extracting(Intent::tool)
        .containsExactlyInAnyOrder("Gemini", "Stork");
    assertThat(found.intents(CACHE)).extracting(Intent::tool).containsExactly("Stork");
    assertThat(found.intents(LEDGER)).extracting(Intent::tool).containsExactly("SnapScheduler");
    assertThat(found.points(DATA)).isEmpty();
  }

  @Test
  void theirOldVersionsAreFoundToo() {
    Findings found = bed.read("known-tools-old.yaml");

    assertThat(found.intents(DATA))
        .extracting(Intent::object)
        .containsExactly("schedules/nightly, whose backups are not looked at");
    assertThat(found.intents(LEDGER)).extracting(Intent::tool).containsExactly("Percona Server");
  }
}
