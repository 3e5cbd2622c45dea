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

    assertThat(stored.of(LEDGER).points())
        .containsExactly(
            new ForeignPoint(
                    "CloudNativePG", "Backup/daily-1", Instant.parse("2026-11-03T04:02:00Z"))
                .ofWhatIsThere());
    assertThat(stored.of(LEDGER).intents()).hasSize(1);
    assertThat(snapped.of(LEDGER).points()).as("it lives with its volume").isEmpty();
    assertThat(snapped.of(LEDGER).lastFailure().orElseThrow().object()).isEqualTo("Backup/plugin");
  }

  @Test
  void xtraDbBackupsCountForTheDataInAnObjectStore() {
    Findings old = bed.read("percona-xtradb-1.10.yaml");

    assertThat(old.of(ORDERS).points())
        .containsExactly(
            new ForeignPoint(
                "Percona XtraDB",
                "PerconaXtraDBClusterBackup/cron-s3-1",
                Instant.parse("2026-11-01T00:00:00Z")));
    assertThat(old.of(db("proxydata-orders-proxysql-0")).points()).as("no data").isEmpty();

    Findings now = new EvidenceBed().read("percona-xtradb-1.14.yaml");
    assertThat(now.of(ORDERS).points()).as("on a claim of its namespace, or deleted").isEmpty();
    assertThat(now.of(ORDERS).intents())
        .containsExactly(new Intent("Percona XtraDB", "PerconaXtraDBClusterBackup/on-a-claim"));
    assertThat(now.of(ORDERS).lastFailure().orElseThrow().object())
        .isEqualTo("PerconaXtraDBClusterBackup/failed");
  }

  @Test
  void mongoDbBackupsCountForTheReplicaSetsThatTheyName() {
    Findings old = bed.read("percona-mongodb-1.11.yaml");
    assertThat(old.of(EVENTS).points()).hasSize(1);
    assertThat(old.of(db("mongod-data-events-rs1-0")).points()).hasSize(1);

    Findings now = new EvidenceBed().read("percona-mongodb-1.20.yaml");
    assertThat(now.of(EVENTS).points())
        .containsExactly(
            new ForeignPoint(
                "Percona MongoDB",
                "PerconaServerMongoDBBackup/logical",
                Instant.parse("2026-11-02T00:00:00Z")));
    assertThat(now.of(db("mongod-data-events-rs1-0")).points()).as("not named").isEmpty();
    assertThat(now.of(EVENTS).lastFailure().orElseThrow())
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
    assertThat(old.of(BOOKS).points())
        .extracting(ForeignPoint::object)
        .containsExactly("PerconaPGBackup/books-s3");
    assertThat(old.of(db("books-instance1-abcd-pgwal")).points()).hasSize(1);
    assertThat(old.of(db("books-repo1")).points()).isEmpty();

    Findings now = new EvidenceBed().read("percona-postgresql-2.7.yaml");
    assertThat(now.of(BOOKS).points()).as("on a volume, or a snapshot").isEmpty();
    assertThat(now.of(BOOKS).intents()).hasSize(2);
    assertThat(now.of(BOOKS).lastFailure().orElseThrow().detail()).contains("no space");
  }

  @Test
  void crunchysJobsAreNoPointsHoweverGreen() {
    Findings old = bed.read("crunchy-5.0.yaml");
    assertThat(old.of(BOOKS).points()).isEmpty();
    assertThat(old.of(BOOKS).intents())
        .containsExactly(new Intent("Crunchy PGO", "PostgresCluster/books"));
    assertThat(old.of(BOOKS).lastFailure()).isEmpty();

    Findings now = new EvidenceBed().read("crunchy-5.7.yaml");
    assertThat(now.of(BOOKS).points()).isEmpty();
    assertThat(now.of(BOOKS).intents()).as("no schedule").isEmpty();
    assertThat(now.of(BOOKS).lastFailure().orElseThrow().at())
        .isEqualTo(Instant.parse("2026-11-03T03:00:00Z"));
  }

  @Test
  void zalandosClustersMeanOnlyTheirLogicalBackups() {
    assertThat(bed.read("zalando-1.6.yaml").of(db("pgdata-acid-0")).intents())
        .containsExactly(new Intent("Zalando", "postgresql/acid"));
    assertThat(new EvidenceBed().read("zalando-1.14.yaml").of(db("pgdata-acid-0")).intents())
        .as("not asked for")
        .isEmpty();
  }

  @Test
  void zalandosLabelIsTheOneOfTheConfiguration() {
    var names =
        new Configuration.Evidence("k8up.io/backup", false, "example.org/cluster", List.of());

    assertThat(new EvidenceBed(names).read("zalando-1.6.yaml").of(db("pgdata-acid-0")).intents())
        .isEmpty();
  }

  @Test
  void mariaDbBackupsCountIfTheirStatusIsOfAKnownRun() {
    Findings old = bed.read("mariadb-operator-0.0.30.yaml");
    assertThat(old.of(WIKI).points())
        .containsExactly(
            new ForeignPoint(
                "mariadb-operator", "Backup/once", Instant.parse("2026-11-01T00:00:00Z")));
    assertThat(old.of(db("galera-wiki-0")).points()).as("Galera's own state").isEmpty();
    assertThat(old.of(WIKI).lastFailure()).isEmpty();

    Findings now = new EvidenceBed().read("mariadb-operator-25.8.yaml");
    assertThat(now.of(WIKI).points())
        .containsExactly(
            new ForeignPoint(
                "mariadb-operator", "PhysicalBackup/daily", Instant.parse("2026-11-02T01:00:00Z")));
    assertThat(now.of(WIKI).lastFailure().orElseThrow().object()).isEqualTo("Backup/nightly");
  }
}
