package dev.muster.auditor.evidence;

import static dev.muster.auditor.evidence.EvidenceBed.LEDGER;
import static dev.muster.auditor.evidence.EvidenceBed.db;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.ObjectName;
import dev.muster.config.Configuration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Operators of databases, and the claims that they label.
class OperatorsTest {
  private static final ObjectName ORDERS = db("datadir-orders-pxc-0");
  private static final ObjectName EVENTS = db("mongod-data-events-rs0-0");
  private static final ObjectName BOOKS = db("books-instance1-abcd-pgdata");
  private static final ObjectName WIKI = db("storage-wiki-0");

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

  @Test
  void xtraDbBackupsCountForTheDataInAnObjectStore() {
    Findings old = bed.read("percona-xtradb-1.10.yaml");

    assertThat(old.points(ORDERS))
        .containsExactly(
            new ForeignPoint(
                "Percona XtraDB",
                "PerconaXtraDBClusterBackup/cron-s3-1",
                Instant.parse("2026-11-01T00:00:00Z")));
    assertThat(old.points(db("proxydata-orders-proxysql-0"))).as("no data").isEmpty();

    Findings now = new EvidenceBed().read("percona-xtradb-1.14.yaml");
    assertThat(now.points(ORDERS)).as("on a claim of its namespace, or deleted").isEmpty();
    assertThat(now.intents(ORDERS))
        .containsExactly(new Intent("Percona XtraDB", "PerconaXtraDBClusterBackup/on-a-claim"));
    assertThat(now.lastFailure(ORDERS).orElseThrow().object())
        .isEqualTo("PerconaXtraDBClusterBackup/failed");
  }

  @Test
  void mongoDbBackupsCountForTheReplicaSetsThatTheyName() {
    Findings old = bed.read("percona-mongodb-1.11.yaml");
    assertThat(old.points(EVENTS)).hasSize(1);
    assertThat(old.points(db("mongod-data-events-rs1-0"))).hasSize(1);

    Findings now = new EvidenceBed().read("percona-mongodb-1.20.yaml");
    assertThat(now.points(EVENTS))
        .containsExactly(
            new ForeignPoint(
                "Percona MongoDB",
                "PerconaServerMongoDBBackup/logical",
                Instant.parse("2026-11-02T00:00:00Z")));
    assertThat(now.points(db("mongod-data-events-rs1-0"))).as("not named").isEmpty();
    assertThat(now.lastFailure(EVENTS).orElseThrow())
        .isEqualTo(
            new ForeignFailure(
                "Percona MongoDB",
                "PerconaServerMongoDBBackup/failed",
                Instant.parse("2026-11-03T00:00:00Z"),
                "starting deadline exceeded"));
  }

  @Test
  void perconaPostgresBackupsCountForDataAndWalButNotForTheirRepository() {
    Findings old = bed.read("percona-postgresql-2.3.yaml");
    assertThat(old.points(BOOKS))
        .extracting(ForeignPoint::object)
        .containsExactly("PerconaPGBackup/books-s3");
    assertThat(old.points(db("books-instance1-abcd-pgwal"))).hasSize(1);
    assertThat(old.points(db("books-repo1"))).isEmpty();

    Findings now = new EvidenceBed().read("percona-postgresql-2.7.yaml");
    assertThat(now.points(BOOKS)).as("on a volume, or a snapshot").isEmpty();
    assertThat(now.intents(BOOKS)).hasSize(2);
    assertThat(now.lastFailure(BOOKS).orElseThrow().detail()).contains("no space");
  }

  @Test
  void crunchysJobsAreNoPointsHoweverGreen() {
    Findings old = bed.read("crunchy-5.0.yaml");
    assertThat(old.points(BOOKS)).isEmpty();
    assertThat(old.intents(BOOKS))
        .containsExactly(new Intent("Crunchy PGO", "PostgresCluster/books"));
    assertThat(old.lastFailure(BOOKS)).isEmpty();

    Findings now = new EvidenceBed().read("crunchy-5.7.yaml");
    assertThat(now.points(BOOKS)).isEmpty();
    assertThat(now.intents(BOOKS)).as("no schedule").isEmpty();
    assertThat(now.lastFailure(BOOKS).orElseThrow().at())
        .isEqualTo(Instant.parse("2026-11-03T03:00:00Z"));
  }

  @Test
  void zalandosClustersMeanOnlyTheirLogicalBackups() {
    assertThat(bed.read("zalando-1.6.yaml").intents(db("pgdata-acid-0")))
        .containsExactly(new Intent("Zalando", "postgresql/acid"));
    assertThat(new EvidenceBed().read("zalando-1.14.yaml").intents(db("pgdata-acid-0")))
        .as("not asked for")
        .isEmpty();
  }

  @Test
  void zalandosLabelIsTheOneOfTheConfiguration() {
    var names =
        new Configuration.Evidence("k8up.io/backup", false, "example.org/cluster", List.of());

    assertThat(new EvidenceBed(names).read("zalando-1.6.yaml").intents(db("pgdata-acid-0")))
        .isEmpty();
  }

  @Test
  void mariaDbBackupsCountIfTheirStatusIsOfAKnownRun() {
    Findings old = bed.read("mariadb-operator-0.0.30.yaml");
    assertThat(old.points(WIKI))
        .containsExactly(
            new ForeignPoint(
                "mariadb-operator", "Backup/once", Instant.parse("2026-11-01T00:00:00Z")));
    assertThat(old.points(db("galera-wiki-0"))).as("Galera's own state").isEmpty();
    assertThat(old.lastFailure(WIKI)).isEmpty();

    Findings now = new EvidenceBed().read("mariadb-operator-25.8.yaml");
    assertThat(now.points(WIKI))
        .containsExactly(
            new ForeignPoint(
                "mariadb-operator", "PhysicalBackup/daily", Instant.parse("2026-11-02T01:00:00Z")));
    assertThat(now.lastFailure(WIKI).orElseThrow().object()).isEqualTo("Backup/nightly");
  }
}
