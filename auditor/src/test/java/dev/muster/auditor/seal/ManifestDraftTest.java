package dev.muster.auditor.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.run.Entry;
import dev.muster.repository.Manifest;
import dev.muster.repository.Manifest.ConsistencyClass;
import dev.muster.repository.Manifest.PartList;
import dev.muster.repository.Sealer;
import dev.muster.repository.wire.RunReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ManifestDraftTest {
  private static final Instant SLOT = Instant.parse("2026-11-01T02:00:00Z");
  private static final String HEAD = "{\"schema\":\"s1\",\"relation\":\"same-snapshot\"}";
  private static final String ORDERS = "{\"table\":\"orders\",\"rows\":3,\"hash\":\"h3\"}";
  private static final String LEGACY =
      "{\"table\":\"legacy\",\"rows\":5,\"hash\":\"h5\",\"relation\":\"none\"}";

  @Test
  void aDumpWhoseTablesAreAllOfItsSnapshotGuaranteesTheApplicationsView() {
    Manifest manifest = draft(probe(HEAD, ORDERS));

    assertThat(manifest.consistency().guarantee()).isEqualTo(ConsistencyClass.APPLICATION);
    assertThat(manifest.consistency().warnings()).isEmpty();
  }

  @Test
  void oneTableOutsideOfTheSnapshotTakesTheGuaranteeAway() {
    Manifest manifest = draft(probe(HEAD, ORDERS, LEGACY));

    assertThat(manifest.consistency().guarantee()).isEqualTo(ConsistencyClass.NONE);
    assertThat(manifest.consistency().warnings())
        .containsExactly(
            "db-main: not of the dump's snapshot, so that only their presence can be checked:"
                + " legacy");
  }

  @Test
  void aProbeThatIsNotOfTheCutGivesNoGuarantee() {
    Manifest manifest = draft(probe("{\"schema\":\"s1\",\"relation\":\"bracketed\"}", ORDERS));

    assertThat(manifest.consistency().guarantee()).isEqualTo(ConsistencyClass.NONE);
    assertThat(manifest.consistency().warnings())
        .singleElement()
        .asString()
        .contains("db-main", "BRACKETED");
  }

  @Test
  void aPointWithoutProbeGivesNoGuarantee() {
    Manifest manifest = draft();

    assertThat(manifest.consistency().guarantee()).isEqualTo(ConsistencyClass.NONE);
    assertThat(manifest.consistency().warnings()).singleElement().asString().contains("no probe");
  }

  @Test
  void aManifestWithoutCountsStillSaysWhatIsNotOfTheSnapshot() {
    Manifest manifest = ManifestDraft.withoutTables(draft(probe(HEAD, ORDERS, LEGACY)));

    assertThat(manifest.consistency().guarantee()).isEqualTo(ConsistencyClass.NONE);
    assertThat(manifest.consistency().warnings())
        .hasSize(2)
        .anyMatch(warning -> warning.contains("legacy"))
        .anyMatch(warning -> warning.contains("too many tables"));
  }

  private static RunReport.ProbeReport probe(String... lines) {
    return new RunReport.ProbeReport("db-main", List.of(lines));
  }

  private static Manifest draft(RunReport.ProbeReport... probes) {
    var stream = new RunReport.StreamReport("db-main", 100, "aa", true, List.of());
    return ManifestDraft.of(
        "c1",
        new Entry.Planned(
            "run",
            "point",
            SLOT,
            "slot",
            "StatefulSet",
            "shop",
            "db",
            "u1",
            "standard",
            "7d",
            SLOT),
        new Entry.Attempt(
            "a1-00000001",
            SLOT,
            SLOT.plusSeconds(600),
            "job",
            new Entry.Target("n1", "db-0", "p1", "10.0.0.7", 3306, "mariadb", "mariadb:11", null),
            "mariadb",
            "d1",
            List.of("age1x"),
            List.of(new Entry.Stream("db-main", "", "same-snapshot", null))),
        new RunReport("a1-00000001", List.of(stream), List.of(probes)),
        Map.of("db-main", new Sealer.Completion.Stored(List.of(), new PartList("k", "bb"))),
        ManifestDraft.Previous.NONE,
        SLOT.plusSeconds(9),
        Duration.ZERO);
  }
}
