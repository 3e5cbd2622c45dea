package dev.muster.auditor.evidence;

import dev.muster.auditor.evidence.DatabaseKind.Field;
import java.util.List;

/// AWS Controllers for Kubernetes: `rds.services.k8s.aws/v1alpha1` DBInstance, DBCluster,
/// DBSnapshot and DBClusterSnapshot; names from rds-controller, `apis/v1alpha1`, 0.1 and 1.4.
///
/// The controller asks AWS again every ten hours, so that a restorable time may be as old. An
/// instance of a cluster has the cluster's data and backups.
final class AckDatabases {
  private static final String GROUP = "rds.services.k8s.aws";
  private static final String V1 = "v1alpha1";

  private AckDatabases() {}

  static List<ToolReader> readers() {
    return List.of(
        new DatabaseReader(
            "AWS RDS",
            List.of(
                DatabaseKind.of(GROUP, "DBCluster", V1)
                    .says(Field.REQUIRED, "/spec/dbClusterIdentifier")
                    .says(Field.ID, "/spec/dbClusterIdentifier")
                    .says(Field.UNIQUE, "/status/clusterCreateTime")
                    .says(Field.ENGINE, "/spec/engine")
                    .says(Field.SIZE, "/spec/allocatedStorage")
                    .says(Field.BACKUPS, "/spec/backupRetentionPeriod")
                    .says(Field.RESTORABLE, "/status/latestRestorableTime")
                    .says(Field.STATUS, "/status/status"),
                DatabaseKind.of(GROUP, "DBInstance", V1)
                    .says(Field.REQUIRED, "/spec/dbInstanceIdentifier")
                    .says(Field.ID, "/spec/dbInstanceIdentifier")
                    .says(Field.UNIQUE, "/status/dbiResourceID")
                    .says(Field.ENGINE, "/spec/engine")
                    .says(Field.SIZE, "/spec/allocatedStorage")
                    .says(Field.BACKUPS, "/spec/backupRetentionPeriod")
                    .says(Field.RESTORABLE, "/status/latestRestorableTime")
                    .says(Field.STATUS, "/status/dbInstanceStatus")
                    .partOf("DBCluster", "/spec/dbClusterIdentifier")
                    .partOf("DBInstance", "/status/readReplicaSourceDBInstanceIdentifier")),
            List.of(
                SnapshotKind.of(GROUP, "DBSnapshot", "DBInstance", V1)
                    .says(SnapshotKind.Field.ID, "/spec/dbInstanceIdentifier")
                    .says(SnapshotKind.Field.NAME, "/spec/dbInstanceIdentifierRef/from/name")
                    .says(SnapshotKind.Field.UNIQUE, "/status/dbiResourceID")
                    .says(SnapshotKind.Field.STATUS, "/status/status")
                    .done("available")
                    .says(SnapshotKind.Field.TIME, "/status/snapshotCreateTime")
                    .says(
                        SnapshotKind.Field.EARLIER,
                        "/status/originalSnapshotCreateTime",
                        "/status/snapshotDatabaseTime"),
                SnapshotKind.of(GROUP, "DBClusterSnapshot", "DBCluster", V1)
                    .says(SnapshotKind.Field.ID, "/spec/dbClusterIdentifier")
                    .says(SnapshotKind.Field.NAME, "/spec/dbClusterIdentifierRef/from/name")
                    .says(SnapshotKind.Field.UNIQUE, "/status/clusterCreateTime")
                    .says(SnapshotKind.Field.STATUS, "/status/status")
                    .done("available")
                    .says(SnapshotKind.Field.TIME, "/status/snapshotCreateTime"))));
  }
}
