package dev.muster.auditor.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.Policies;
import dev.muster.auditor.evidence.ForeignPoint;
import dev.muster.model.Contract;
import dev.muster.model.ContractReader;
import dev.muster.model.ContractSources;
import dev.muster.model.WorkloadRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromisesTest {
  private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");
  private static final Contract DAILY =
      new ContractReader(Policies.CONFIGURATION.vocabulary(Policies.PROFILES))
          .read(
              new WorkloadRef("StatefulSet", "shop", "db", ""),
              ContractSources.of(Map.of(), Map.of("muster.dev/rpo", "24h")))
          .effective();

  @ParameterizedTest
  @CsvSource({"24, true", "25, false"})
  void whatMusterProvedCountsWhileItsOwnNewestPointIsInTime(int age, boolean counts) {
    VerdictFacts.Points points = points(own(age), other(1));

    assertThat(points.late()).isFalse();
    assertThat(points.newestVerified()).isEqualTo(counts);
    assertThat(points.provenInTime()).isEqualTo(counts);
  }

  @Test
  void anotherToolsPointsAreNeitherReadBackNorProven() {
    VerdictFacts.Points points = points(other(2), other(1));

    assertThat(points).isEqualTo(new VerdictFacts.Points(2, 0, false, false, false, null));
  }

  private static VerdictFacts.Points points(WorkloadEvidence.Point... oldestFirst) {
    return Promises.points(
        new WorkloadEvidence(List.of(oldestFirst), Optional.empty()), false, DAILY, NOW);
  }

  private static WorkloadEvidence.Point own(int hours) {
    Instant cut = NOW.minus(Duration.ofHours(hours));
    return new WorkloadEvidence.Point(
        "Muster",
        "p",
        cut,
        10,
        Set.of(),
        true,
        Optional.of(new Proof(cut, Optional.empty())),
        false,
        Optional.empty());
  }

  private static WorkloadEvidence.Point other(int hours) {
    Instant cut = NOW.minus(Duration.ofHours(hours));
    return WorkloadEvidence.Point.of(new ForeignPoint("K8up", "Snapshot/s", cut));
  }
}
