package dev.muster.auditor.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.Policies;
import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.evidence.ForeignPoint;
import dev.muster.auditor.evidence.Found;
import dev.muster.auditor.evidence.OutsideDatabase;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.inventory.Metadata;
import dev.muster.auditor.inventory.NamespaceFacts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Databases outside of the cluster as volumes of a report.
class OutsideDatabasesTest {
  private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");
  private static final Instant CREATED = Instant.parse("2026-10-01T00:00:00Z");

  private final Inventory inventory = new Inventory();
  private final Findings others = Findings.none();

  static OutsideDatabase database(String namespace, String name) {
    return new OutsideDatabase(
        "DBInstance.rds.services.k8s.aws",
        new Metadata(
            namespace,
            name,
            "u1",
            Map.of(),
            Map.of("meta.helm.sh/release-name", "orders", "meta.helm.sh/release-namespace", "shop"),
            new Metadata.Controller("example.org/v1", "XDatabase", "orders-x7k2p"),
            CREATED),
        "postgresql",
        "20Gi",
        "available",
        OutsideDatabase.State.PRESENT,
        true,
        List.of(new ForeignPoint("AWS RDS", "DBInstance/" + name, NOW.minusSeconds(300))));
  }

  @Test
  void whatTheObjectSaysIsInTheReport() {
    others.add(new Found.Database(database("shop", "orders")));

    CoverageReport.Line line = report().volumes().getFirst();

    assertThat(line.volume()).isEqualTo("DBInstance.rds.services.k8s.aws");
    assertThat(line.namespace()).isEqualTo("shop");
    assertThat(line.name()).isEqualTo("orders");
    assertThat(line.phase()).isEqualTo("available");
    assertThat(line.size()).isEqualTo("20Gi");
    assertThat(line.created()).isEqualTo(CREATED);
    assertThat(line.engine()).isEqualTo("postgresql");
    assertThat(line.owners()).containsExactly("XDatabase/orders-x7k2p", "Helm release shop/orders");
    assertThat(line.verdict()).isEqualTo("Sealed");
    assertThat(line.newestPoint()).isEqualTo(NOW.minusSeconds(300));
  }

  @Test
  void namespacesThatHoldNothingElseAndNoneAreLookedAtToo() {
    for (String namespace : List.of("", "shop", "unknown")) {
      others.add(new Found.Database(database(namespace, "orders")));
    }
    inventory.put(
        new NamespaceFacts(
            new Metadata(
                "", "shop", "u2", Map.of(), Map.of("muster.dev/rpo", "1m"), null, CREATED)));

    assertThat(report().volumes())
        .extracting(line -> line.namespace() + " " + line.verdict())
        .containsExactly("shop Stale", " Sealed", "unknown Sealed");
  }

  @Test
  void drillsRestoreNoDatabaseOfAProvider() {
    others.add(new Found.Database(database("muster-drill-x7k2p", "orders")));
    inventory.put(
        new NamespaceFacts(
            new Metadata(
                "",
                "muster-drill-x7k2p",
                "u2",
                Map.of("muster.dev/drill", "x7k2p"),
                Map.of(),
                null,
                CREATED)));

    assertThat(report().volumes()).isEmpty();
  }

  @Test
  void whatHidesPointsOfClaimsHidesNoneOfDatabasesNorTheOtherWayRound() {
    OutsideDatabase off = database("shop", "orders");
    others.add(
        new Found.Database(
            new OutsideDatabase(
                off.kind(),
                off.metadata(),
                "",
                null,
                "",
                OutsideDatabase.State.PRESENT,
                false,
                List.of())));
    others.add(new Found.Gap("backups.velero.io cannot be read"));

    assertThat(report().volumes())
        .extracting(CoverageReport.Line::reason)
        .containsExactly("provider-off");

    others.add(new Found.DatabaseGap("dbsnapshots.rds.services.k8s.aws cannot be read"));
    assertThat(report().volumes())
        .extracting(CoverageReport.Line::reason)
        .containsExactly("evidence-gap");
    assertThat(report().gaps()).hasSize(2);
  }

  private CoverageReport report() {
    return Coverage.of(
            Policies.CONFIGURATION,
            Policies.PROFILES,
            Policies.ENGINE,
            "c0ffee",
            Optional.empty(),
            List.of(),
            InstantSource.fixed(NOW))
        .report(inventory, others);
  }
}
