package dev.muster.auditor.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.inventory.Metadata;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntentsTest {

  @ParameterizedTest
  @CsvSource({
    "k8up.io/backup, true, K8up",
    "k8up.io/backupcommand, pg_dump, K8up",
    "stash.appscode.com/backup-blueprint, nightly, Stash",
    "blueprint.kubestash.com/name, nightly, KubeStash",
    "recurring-job.longhorn.io/nightly, enabled, Longhorn",
    "kanister.kasten.io/blueprint, postgresql, Kasten",
    "k10.kasten.io/forcegenericbackup, true, Kasten",
    "volsync.backube/use-copy-trigger, '', VolSync",
    "backup.velero.io/backup-volumes, data, Velero",
    "backup.ark.heptio.com/backup-volumes, data, Ark",
    "pre.hook.backup.ark.heptio.com/command, sync, Ark"
  })
  void keysByWhichToolsMeanAVolumeAreIntents(String key, String value, String tool) {
    assertThat(Intents.of(claim(Map.of(key, value)), Map.of())).containsExactly(tool);
    assertThat(Intents.of(claim(Map.of()), Map.of(key, value))).containsExactly(tool);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "k8up.io/backup=false",
        "recurring-job.longhorn.io/nightly=disabled",
        "backup.velero.io/backup-volumes-excludes=cache",
        "pre.hook.backup.velero.io/command=sync",
        "stork.libopenstorage.org/skip-resource=true",
        "volsync.backube/cleanup=9d1f",
        "k8up.io/backups=true",
        "example.org/backup=true"
      })
  void othersAreNot(String annotation) {
    String[] parts = annotation.split("=", 2);

    assertThat(Intents.of(claim(Map.of(parts[0], parts[1])), Map.of())).isEmpty();
  }

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
    assertThat(Intents.of(claim(Map.of(key, value)), Map.of())).hasSize(meant ? 1 : 0);
  }

  private static Metadata claim(Map<String, String> annotations) {
    return new Metadata("shop", "data", "uid", Map.of(), annotations, null, null);
  }
}
