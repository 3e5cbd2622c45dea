package dev.muster.auditor.evidence;

import static dev.muster.auditor.evidence.EvidenceBed.CACHE;
import static dev.muster.auditor.evidence.EvidenceBed.DATA;
import static dev.muster.auditor.evidence.EvidenceBed.DOCS;
import static dev.muster.auditor.evidence.EvidenceBed.LEDGER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.config.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronJobReaderTest {
  private final EvidenceBed bed = new EvidenceBed();

  @Test
  void homeMadeBackupsAreIntentsForWhatTheyReadAndNeverPoints() {
    Findings found = bed.read("cronjobs-1.36.yaml");

    assertThat(found.of(DOCS).intents()).containsExactly(new Intent("CronJob", "CronJob/files"));
    assertThat(found.of(DATA).intents()).containsExactly(new Intent("CronJob", "CronJob/dump"));
    assertThat(found.of(CACHE).intents()).as("where the dump is written to").isEmpty();
    assertThat(found.of(LEDGER).intents()).as("suspended, owned, or no backup").isEmpty();
    EvidenceBed.claims().forEach(claim -> assertThat(found.of(claim).points()).isEmpty());
  }

  @Test
  void theyAreReadAlikeInOlderClusters() {
    assertThat(bed.read("cronjobs-1.21.yaml").of(DATA).intents())
        .containsExactly(new Intent("CronJob", "CronJob/dump"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"pg_dump\", \"-h\", \"db\"]",
        "[\"pg_dump\", \"-hdb\"]",
        "[\"/usr/bin/pg_dump\", \"--host=db\", \"shop\"]",
        "[\"sh\", \"-c\", \"set -e; pg_dump --host db shop | gzip > /out/x\"]",
        "[\"sh\", \"-c\", \"PGHOST=db pg_dumpall\"]",
        "[\"pg_dump\", \"-d\", \"host=db user=me\"]",
        "[\"pg_dump\", \"postgres://me:secret@db:5432/shop\"]",
        "[\"pg_dump\", \"-h\", \"db.shop.svc.cluster.local\"]",
        "[\"pg_dump\", \"-h\", \"db.shop.svc\"]",
        "[\"pg_basebackup\", \"-h\", \"db-0.db\"]",
        "[\"mongodump\", \"--uri=mongodb://a,db:27017/?replicaSet=rs\"]"
      })
  void theServerThatACommandNamesIsMeant(String command) {
    assertThat(found(command).of(DATA).intents()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"pg_dump\", \"-h\", \"other\"]",
        "[\"pg_dump\", \"-h\", \"db.bank.svc\"]",
        "[\"pg_dump\", \"-h\", \"db.example.org\"]",
        "[\"psql\", \"-h\", \"db\"]",
        "[\"echo\", \"pg_dump_is_old\", \"-h\", \"db\"]"
      })
  void noOtherServerIs(String command) {
    assertThat(found(command).of(DATA).intents()).isEmpty();
  }

  @Test
  void theAdministratorsOwnCommandsAreKnown() {
    var names =
        new Configuration.Evidence("k8up.io/backup", false, "cluster-name", List.of("save.sh"));

    EvidenceBed own = new EvidenceBed(names);
    own.serve(List.of(job("[\"/bin/save.sh\", \"-h\", \"db\"]")));

    assertThat(own.found().of(DATA).intents()).hasSize(1);
    assertThat(found("[\"/bin/save.sh\", \"-h\", \"db\"]").of(DATA).intents()).isEmpty();
  }

  private Findings found(String command) {
    bed.serve(List.of(job(command)));
    return bed.found();
  }

  private static JsonNode job(String command) {
    try {
      return EvidenceBed.JSON.readTree(
          """
          {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "x", "namespace": "shop"},
           "spec": {"jobTemplate": {"spec": {"template": {"spec": {"containers": [
             {"name": "main", "image": "debian:13", "command": %s}]}}}}}}
          """
              .formatted(command));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
