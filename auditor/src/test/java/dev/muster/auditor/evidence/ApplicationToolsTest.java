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

    assertThat(found.of(DATA).points())
        .containsExactly(
            new ForeignPoint(
                "Kasten",
                "RestorePointContent/shop-exported",
                Instant.parse("2026-11-02T02:00:00Z")));
    assertThat(found.of(CACHE).points()).as("it came later").isEmpty();
    assertThat(found.of(CACHE).intents()).contains(new Intent("Kasten", "Policy/nightly"));
    assertThat(found.of(LEDGER).points()).as("a snapshot, and objects alone").isEmpty();
    assertThat(found.of(LEDGER).intents())
        .extracting(Intent::object)
        .contains("RestorePointContent/bank-local");
    assertThat(found.of(LEDGER).lastFailure().orElseThrow())
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

    assertThat(found.of(DATA).points()).as("filtered").isEmpty();
    assertThat(found.of(DATA).intents()).isNotEmpty();
    assertThat(found.of(LEDGER).points()).as("nobody's policy, and one of a machine").isEmpty();
  }

  @Test
  void kastensMisspeltActionsAreTold() {
    Findings found = bed.read("kasten-8.5.yaml");

    assertThat(found.of(LEDGER).intents()).contains(new Intent("Kasten", "Policy/misspelt"));
    assertThat(found.of(LEDGER).lastFailure().orElseThrow().detail())
        .contains("does nothing", "\"bakcup\"");
    assertThat(found.of(LEDGER).lastFailure().orElseThrow().at())
        .as("when the claim came, which the Policy was there before")
        .isEqualTo("2026-10-01T00:00:00Z");
    assertThat(found.of(DATA).lastFailure()).isEmpty();
  }

  @Test
  void kanisterCountsArtifactsThatAreKeptOutsideOfTheCluster() {
    Findings old = bed.read("kanister-0.60.yaml");

    assertThat(old.of(DATA).points())
        .containsExactly(
            new ForeignPoint(
                "Kanister", "ActionSet/backup-kept", Instant.parse("2026-11-01T02:00:00Z")));
    assertThat(old.of(DATA).lastFailure().orElseThrow())
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

    assertThat(now.of(DOCS).points()).as("a snapshot of its volume").isEmpty();
    assertThat(now.of(DOCS).intents()).hasSize(1);
    assertThat(now.of(DATA).points()).as("no artifact, or an unknown blueprint").isEmpty();
    assertThat(now.of(LEDGER).points()).as("of a namespace").isEmpty();
  }

  @Test
  void arksObjectsMeanAndProveNothing() {
    Findings old = bed.read("ark-0.8.yaml");
    assertThat(old.of(DATA).points()).isEmpty();
    assertThat(old.of(DATA).intents())
        .containsExactly(new Intent("Ark", "Backup/last, which nobody acts on since Velero"));
    assertThat(old.of(LEDGER).intents()).isEmpty();

    assertThat(new EvidenceBed().read("ark-0.10.yaml").of(LEDGER).intents())
        .extracting(Intent::object)
        .containsExactly("Schedule/nightly, which nobody acts on since Velero");
  }

  @Test
  void objectsOfToolsThatNobodyReadsAreFound() {
    Findings found = bed.read("known-tools.yaml");

    assertThat(found.of(DATA).intents())
        .extracting(Intent::tool)
        .containsExactlyInAnyOrder("Gemini", "Stork");
    assertThat(found.of(CACHE).intents()).extracting(Intent::tool).containsExactly("Stork");
    assertThat(found.of(LEDGER).intents())
        .extracting(Intent::tool)
        .containsExactly("SnapScheduler");
    assertThat(found.of(DATA).points()).isEmpty();
  }

  @Test
  void theirOldVersionsAreFoundToo() {
    Findings found = bed.read("known-tools-old.yaml");

    assertThat(found.of(DATA).intents())
        .extracting(Intent::object)
        .containsExactly("schedules/nightly, whose backups are not looked at");
    assertThat(found.of(LEDGER).intents())
        .extracting(Intent::tool)
        .containsExactly("Percona Server");
  }
}
