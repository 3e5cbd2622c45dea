package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.GroupVersionResource;
import java.util.List;
import java.util.Set;

/// Percona Operator for PostgreSQL: `pgv2.percona.com/v2` PerconaPGBackup; names from its package
/// `pkg/apis/pgv2.percona.com/v2`, 2.3 and 2.7.
///
/// One that is `Succeeded` counts for the data of its cluster if pgBackRest's repository is in an
/// object store. A repository on a volume is in the same namespace and goes with it, and a snapshot
/// lives with its volume.
final class PerconaPostgresReader implements ToolReader {
  private static final GroupVersionResource BACKUPS =
      new GroupVersionResource("pgv2.percona.com", "v2", "perconapgbackups");
  private static final Set<String> STORES = Set.of("s3", "gcs", "azure");

  @Override
  public String name() {
    return "Percona PostgreSQL";
  }

  @Override
  public List<GroupVersionResource> resources() {
    return List.of(BACKUPS);
  }

  @Override
  public void read(ToolObjects objects, Findings into) {
    for (JsonNode backup : objects.of(BACKUPS)) {
      DatabaseBackup.of(name(), "PerconaPGBackup", backup)
          .read(
              DatabaseBackup.Result.of(
                  Said.text(backup, "/status/state"), "Succeeded", "Failed", outside(backup)),
              CrunchyReader.data(
                  objects.claims(),
                  Said.text(backup, "/metadata/namespace"),
                  Said.text(backup, "/spec/pgCluster")),
              objects.claims(),
              into);
    }
  }

  private static boolean outside(JsonNode backup) {
    return STORES.contains(Said.text(backup, "/status/storageType"))
        && !Said.text(backup, "/spec/backupMethod").equals("volumeSnapshot");
  }
}
