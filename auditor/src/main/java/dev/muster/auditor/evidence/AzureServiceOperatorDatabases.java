package dev.muster.auditor.evidence;

import dev.muster.auditor.evidence.DatabaseKind.Field;
import java.util.List;

/// Azure Service Operator: `dbforpostgresql.azure.com` FlexibleServer and FlexibleServersBackup,
/// `dbformysql.azure.com` FlexibleServer, `sql.azure.com` ServersDatabase; names from
/// azure-service-operator, `v2/api`, of `v1api20210601` to `v20250801`.
///
/// Its status tells since when Azure can restore, not until when: that is the one time that is sure
/// to be there. A FlexibleServersBackup is from when it was asked for, unless it is older than its
/// object.
final class AzureServiceOperatorDatabases {
  private static final String TOOL = "Azure Database";
  private static final String POSTGRESQL = "dbforpostgresql.azure.com";
  private static final String SERVER = "FlexibleServer";

  private AzureServiceOperatorDatabases() {}

  static List<ToolReader> readers() {
    DatabaseKind postgresql =
        server(
            DatabaseKind.of(
                POSTGRESQL,
                SERVER,
                "v20250801",
                "v20240801",
                "v1api20250801",
                "v1api20240801",
                "v1api20221201",
                "v1api20210601"));
    DatabaseKind mysql =
        server(
            DatabaseKind.of(
                "dbformysql.azure.com",
                SERVER,
                "v20241230",
                "v1api20231230",
                "v1api20230630",
                "v1api20210501"));
    DatabaseKind sql =
        DatabaseKind.of(
                "sql.azure.com", "ServersDatabase", "v20250101", "v20211101", "v1api20211101")
            .engine("sqlserver")
            .unit("")
            .says(Field.REQUIRED, "/spec/owner")
            .says(Field.SIZE, "/status/maxSizeBytes", "/spec/maxSizeBytes")
            .says(Field.RESTORABLE, "/status/earliestRestoreDate")
            .says(Field.STATUS, "/status/status");
    SnapshotKind backup =
        SnapshotKind.of(
                POSTGRESQL,
                "FlexibleServersBackup",
                SERVER,
                "v20250801",
                "v20240801",
                "v1api20250801",
                "v1api20240801")
            .says(SnapshotKind.Field.NAME, "/spec/owner/name")
            .says(SnapshotKind.Field.ID, "/spec/owner/armId")
            .says(SnapshotKind.Field.STATUS, "/status/completedTime")
            .says(SnapshotKind.Field.TIME, "/status/completedTime", "/metadata/creationTimestamp");
    return List.of(
        new DatabaseReader(TOOL, List.of(postgresql.engine("postgresql")), List.of(backup)),
        new DatabaseReader(TOOL, List.of(mysql.engine("mysql")), List.of()),
        new DatabaseReader(TOOL, List.of(sql), List.of()));
  }

  private static DatabaseKind server(DatabaseKind kind) {
    return kind.says(Field.REQUIRED, "/spec/owner")
        .says(Field.ID, "/status/id")
        .says(Field.SIZE, "/status/storage/storageSizeGB", "/spec/storage/storageSizeGB")
        .says(
            Field.BACKUPS, "/status/backup/backupRetentionDays", "/spec/backup/backupRetentionDays")
        .says(Field.RESTORABLE, "/status/backup/earliestRestoreDate")
        .says(Field.STATUS, "/status/state");
  }
}
