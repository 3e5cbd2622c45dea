package dev.muster.auditor.evidence;

import static dev.muster.auditor.evidence.EvidenceBed.LEDGER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Operators of databases, and the claims that they label.
class OperatorsTest {
  private final EvidenceBed bed = new EvidenceBed();

  @Test
  void cloudNativePgBackupsCountForTheClaimsOfTheirCluster() {
    Findings stored = bed.read("cloudnativepg-1.20.yaml");
    Findings snapped = bed.read("cloudnativepg-1.27.yaml");

    assertThat(stored.points(LEDGER))
        .containsExactly(
            new ForeignPoint(
                "CloudNativePG", "Backup/daily-1", Instant.parse("2026-11-03T04:02:00Z")));
    assertThat(stored.intents(LEDGER)).hasSize(1);
    assertThat(snapped.points(LEDGER)).as("it lives with its volume").isEmpty();
    assertThat(snapped.lastFailure(LEDGER).orElseThrow().object()).isEqualTo("Backup/plugin");
  }
}
