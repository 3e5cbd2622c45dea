package dev.muster.auditor.evidence;

import dev.muster.auditor.evidence.DatabaseKind.Field;
import java.util.List;
import java.util.stream.Stream;

/// Crossplane's providers, of the cluster and, under `.m.`, of namespaces; names from
/// provider-upjet-aws, `apis/cluster/rds` and `apis/namespaced/rds`, 1.0 and 2.0;
/// provider-upjet-gcp, `apis/*/sql`, and provider-upjet-azure, `apis/*/dbforpostgresql` and
/// `apis/*/dbformysql`, 1.0 and 2.0; provider-aws, `apis/rds/v1alpha1`, 0.40 and 0.50.
///
/// A Cluster tells no restorable time, nor does anything of Google's or Azure's. A Snapshot does
/// not say when it was taken: it counts from when Crossplane noted that it would ask for it, and
/// one that was there before does not count.
final class CrossplaneDatabases {
  private static final String AWS = "AWS RDS";
  private static final String GOOGLE = "Google Cloud SQL";
  private static final String AZURE = "Azure Database";
  private static final String EXTERNAL_NAME = "/metadata/annotations/crossplane.io~1external-name";
  private static final String ASKED =
      "/metadata/annotations/crossplane.io~1external-create-pending";
  private static final String NAME = "/metadata/name";

  private CrossplaneDatabases() {}

  static List<ToolReader> readers() {
    return List.of(
        amazon("rds.aws.upbound.io", "v1beta3", "v1beta2", "v1beta1"),
        amazon("rds.aws.m.upbound.io", "v1beta1"),
        community(),
        google("sql.gcp.upbound.io", "v1beta2", "v1beta1"),
        google("sql.gcp.m.upbound.io", "v1beta1"),
        postgresql("dbforpostgresql.azure.upbound.io", "v1beta2", "v1beta1"),
        postgresql("dbforpostgresql.azure.m.upbound.io", "v1beta1"),
        mysql("dbformysql.azure.upbound.io", "v1beta2", "v1beta1"),
        mysql("dbformysql.azure.m.upbound.io", "v1beta1"));
  }

  private static ToolReader amazon(String group, String... versions) {
    String[] old =
        Stream.of(versions).filter(each -> !each.equals("v1beta3")).toArray(String[]::new);
    return new DatabaseReader(
        AWS,
        List.of(
            rds(DatabaseKind.of(group, "Cluster", old)).says(Field.ID, EXTERNAL_NAME, NAME),
            rds(DatabaseKind.of(group, "Instance", versions))
                .says(
                    Field.ID,
                    "/status/atProvider/identifier",
                    "/spec/forProvider/identifier",
                    EXTERNAL_NAME)
                .says(Field.RESTORABLE, "/status/atProvider/latestRestorableTime")
                .partOf("Instance", "/status/atProvider/replicateSourceDb")),
        List.of(
            snapshot(group, "Snapshot", "Instance", "dbInstanceIdentifier"),
            snapshot(group, "ClusterSnapshot", "Cluster", "dbClusterIdentifier")));
  }

  private static DatabaseKind rds(DatabaseKind kind) {
    return managed(kind)
        .says(Field.ENGINE, places("engine"))
        .says(Field.SIZE, places("allocatedStorage"))
        .says(Field.BACKUPS, places("backupRetentionPeriod"))
        .says(Field.STATUS, "/status/atProvider/status");
  }

  private static SnapshotKind snapshot(String group, String kind, String database, String id) {
    return SnapshotKind.of(group, kind, database, "v1beta1")
        .says(SnapshotKind.Field.ID, places(id))
        .says(SnapshotKind.Field.STATUS, "/status/atProvider/status")
        .done("available")
        .says(SnapshotKind.Field.TIME, ASKED);
  }

  /// The provider that was there first, whose fields are those of AWS's own controllers.
  private static ToolReader community() {
    String group = "rds.aws.crossplane.io";
    DatabaseKind cluster =
        rds(DatabaseKind.of(group, "DBCluster", "v1alpha1"))
            .says(Field.ID, "/status/atProvider/dbClusterIdentifier", EXTERNAL_NAME, NAME)
            .says(Field.SIZE, "/spec/forProvider/allocatedStorage") // in the status Aurora says 1
            .says(Field.RESTORABLE, "/status/atProvider/latestRestorableTime");
    DatabaseKind instance =
        rds(DatabaseKind.of(group, "DBInstance", "v1alpha1"))
            .says(Field.ID, "/status/atProvider/dbInstanceIdentifier", EXTERNAL_NAME, NAME)
            .says(Field.RESTORABLE, "/status/atProvider/latestRestorableTime")
            .says(Field.STATUS, "/status/atProvider/dbInstanceStatus")
            .partOf("DBCluster", "/status/atProvider/dbClusterIdentifier")
            .partOf("DBCluster", "/spec/forProvider/dbClusterIdentifier")
            .partOf("DBInstance", "/status/atProvider/readReplicaSourceDBInstanceIdentifier");
    return new DatabaseReader(AWS, List.of(cluster, instance), List.of());
  }

  /// In the first version settings are lists of one.
  private static ToolReader google(String group, String... versions) {
    DatabaseKind instance =
        managed(DatabaseKind.of(group, "DatabaseInstance", versions))
            .unit("G")
            .says(Field.ID, EXTERNAL_NAME, NAME)
            .says(Field.ENGINE, places("databaseVersion"))
            .says(Field.SIZE, places("settings/diskSize", "settings/0/diskSize"))
            .says(
                Field.BACKUPS,
                places(
                    "settings/backupConfiguration/enabled",
                    "settings/0/backupConfiguration/0/enabled"))
            .partOf("DatabaseInstance", "/status/atProvider/masterInstanceName")
            .partOf("DatabaseInstance", "/spec/forProvider/masterInstanceName");
    return new DatabaseReader(GOOGLE, List.of(instance), List.of());
  }

  private static ToolReader postgresql(String group, String... versions) {
    SnapshotKind backup =
        SnapshotKind.of(group, "FlexibleServerBackup", "FlexibleServer", "v1beta1")
            .says(SnapshotKind.Field.ID, places("serverId"))
            .says(SnapshotKind.Field.STATUS, "/status/atProvider/completedTime")
            .says(
                SnapshotKind.Field.TIME,
                "/status/atProvider/completedTime",
                "/metadata/creationTimestamp");
    return new DatabaseReader(
        AZURE,
        Stream.of("FlexibleServer", "Server")
            .map(kind -> azure(DatabaseKind.of(group, kind, versions)).engine("postgresql"))
            .toList(),
        List.of(backup));
  }

  /// A single server was of the cluster alone.
  private static ToolReader mysql(String group, String... versions) {
    DatabaseKind flexible =
        azure(DatabaseKind.of(group, "FlexibleServer", versions))
            .engine("mysql")
            .unit("Gi")
            .says(Field.SIZE, places("storage/sizeGb", "storage/0/sizeGb"));
    DatabaseKind single = azure(DatabaseKind.of(group, "Server", versions)).engine("mysql");
    return new DatabaseReader(
        AZURE, group.contains(".m.") ? List.of(flexible) : List.of(flexible, single), List.of());
  }

  private static DatabaseKind azure(DatabaseKind kind) {
    return managed(kind)
        .unit("Mi")
        .says(Field.ID, "/status/atProvider/id")
        .says(Field.SIZE, places("storageMb"))
        .says(Field.BACKUPS, places("backupRetentionDays"));
  }

  private static DatabaseKind managed(DatabaseKind kind) {
    return kind.says(Field.REQUIRED, "/spec/forProvider");
  }

  /// Where managed resources say something: what is there before what is asked for.
  private static String[] places(String... fields) {
    return Stream.of("/status/atProvider/", "/spec/forProvider/", "/spec/initProvider/")
        .flatMap(part -> Stream.of(fields).map(field -> part + field))
        .toArray(String[]::new);
  }
}
