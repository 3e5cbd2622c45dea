package dev.muster.auditor.evidence;

import dev.muster.auditor.evidence.DatabaseKind.Field;
import java.util.List;

/// Google's Config Connector: `sql.cnrm.cloud.google.com/v1beta1` SQLInstance; names from
/// k8s-config-connector, `apis/sql/v1beta1`, 1.60 and 1.130.
///
/// Nothing in its status tells of backups: what the spec asks for is an intent at most.
final class ConfigConnectorDatabases {
  private ConfigConnectorDatabases() {}

  static List<ToolReader> readers() {
    return List.of(
        new DatabaseReader(
            "Google Cloud SQL",
            List.of(
                DatabaseKind.of("sql.cnrm.cloud.google.com", "SQLInstance", "v1beta1")
                    .unit("G")
                    .says(Field.REQUIRED, "/spec/settings")
                    .says(Field.ENGINE, "/spec/databaseVersion")
                    .says(Field.SIZE, "/spec/settings/diskSize")
                    .says(Field.BACKUPS, "/spec/settings/backupConfiguration/enabled")
                    .partOfNamed("SQLInstance", "/spec/masterInstanceRef/name")),
            List.of()));
  }
}
