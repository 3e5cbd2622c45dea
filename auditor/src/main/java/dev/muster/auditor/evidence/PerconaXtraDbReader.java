package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.cluster.ObjectName;
import java.util.List;
import java.util.Map;

/// Percona Operator for MySQL based on XtraDB Cluster: `pxc.percona.com/v1`
/// PerconaXtraDBClusterBackup; names from its package `pkg/apis/pxc/v1`, 1.10 and 1.14.
///
/// One that is `Succeeded` counts for the data of its cluster if it is in an object store. One on a
/// claim is in the same namespace and goes with it.
final class PerconaXtraDbReader implements ToolReader {
  private static final GroupVersionResource BACKUPS =
      new GroupVersionResource("pxc.percona.com", "v1", "perconaxtradbclusterbackups");

  @Override
  public String name() {
    return "Percona XtraDB";
  }

  @Override
  public List<GroupVersionResource> resources() {
    return List.of(BACKUPS);
  }

  @Override
  public void read(ToolObjects objects, Findings into) {
    for (JsonNode backup : objects.of(BACKUPS)) {
      String destination = Said.text(backup, "/status/destination");
      boolean outside = destination.startsWith("s3://") || destination.startsWith("azure://");
      DatabaseBackup.of(name(), "PerconaXtraDBClusterBackup", backup)
          .read(
              DatabaseBackup.Result.of(
                  Said.text(backup, "/status/state"), "Succeeded", "Failed", outside),
              claims(backup, objects.claims()),
              objects.claims(),
              into);
    }
  }

  private static List<ObjectName> claims(JsonNode backup, Claims claims) {
    return claims.labelled(
        Said.text(backup, "/metadata/namespace"),
        Map.of(
            "app.kubernetes.io/name", "percona-xtradb-cluster",
            "app.kubernetes.io/component", "pxc",
            "app.kubernetes.io/instance", Said.text(backup, "/spec/pxcCluster")));
  }
}
