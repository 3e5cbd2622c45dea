package dev.muster.auditor.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkloadEvidenceTest {
  private static final Instant CUT = Instant.parse("2026-11-01T02:00:00Z");
  private static final Instant PROVEN = CUT.plusSeconds(60);

  private final WorkloadEvidence evidence =
      new WorkloadEvidence(
          List.of(
              point("old", Set.of("globals", "db-latin"), Optional.of(PROVEN)),
              point("new", Set.of("globals", "db-latin", "db-legacy"), Optional.empty())),
          Optional.empty());

  @Test
  void pointWithoutADatabaseThatIsWantedNowDoesNotCountNorIsItsProof() {
    WorkloadEvidence both = evidence.holding(Set.of("db-latin", "db-legacy"));

    assertThat(both.good()).extracting(WorkloadEvidence.Point::name).containsExactly("new");
    assertThat(both.provenAt()).isEmpty();
  }

  @Test
  void proofOfAnyPointThatHoldsAllCounts() {
    WorkloadEvidence one = evidence.holding(Set.of("db-latin"));

    assertThat(one.newest()).map(WorkloadEvidence.Point::name).contains("new");
    assertThat(one.provenAt()).contains(PROVEN);
  }

  private static WorkloadEvidence.Point point(
      String name, Set<String> streams, Optional<Instant> proven) {
    Optional<Proof> proof = proven.map(at -> new Proof(at, Optional.empty()));
    return new WorkloadEvidence.Point(
        "Muster", name, CUT, 10, streams, true, proof, false, Optional.empty());
  }
}
