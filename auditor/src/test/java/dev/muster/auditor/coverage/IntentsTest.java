package dev.muster.auditor.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.inventory.Metadata;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntentsTest {

  @ParameterizedTest
  @CsvSource({
    "k8up.io/backup, true, true",
    "k8up.io/backup, 1, true",
    "k8up.io/backup, false, false",
    "k8up.io/backup, no, false",
    "k8up.io/backup, yes, false",
    "k8up.io/backupcommand, pg_dump, true",
    "stash.appscode.com/schedule, @daily, true",
    "recurring-job.longhorn.io/daily, disabled, false",
    "somebody.example/backup, true, false",
  })
  void annotationsMeanAClaimAsTheirToolReadsThem(String key, String value, boolean meant) {
    Metadata claim = new Metadata("shop", "data", "", Map.of(), Map.of(key, value), null, null);

    assertThat(Intents.of(claim, Map.of())).hasSize(meant ? 1 : 0);
  }
}
