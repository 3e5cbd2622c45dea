package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.cluster.ObjectName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Percona Operator for MongoDB: `psmdb.percona.com/v1` PerconaServerMongoDBBackup; names from its
/// package `pkg/apis/psmdb/v1`, 1.12 and 1.20.
///
/// One that is `ready` counts for the replica sets that it names, if it is in an object store. A
/// file system of the cluster is none.
final class PerconaMongoDbReader implements ToolReader {
  private static final GroupVersionResource BACKUPS =
      new GroupVersionResource("psmdb.percona.com", "v1", "perconaservermongodbbackups");
  private static final List<String> STORES = List.of("s3", "minio", "gcs", "azure");

  @Override
  public String name() {
    return "Percona MongoDB";
  }

  @Override
  public List<GroupVersionResource> resources() {
    return List.of(BACKUPS);
  }

  @Override
  public void read(ToolObjects objects, Findings into) {
    for (JsonNode backup : objects.of(BACKUPS)) {
      JsonNode status = backup.path("status");
      boolean outside = STORES.stream().anyMatch(store -> status.path(store).isObject());
      DatabaseBackup.of(name(), "PerconaServerMongoDBBackup", backup)
          .read(
              DatabaseBackup.Result.of(
                  Said.text(backup, "/status/state"), "ready", "error", outside),
              claims(backup, objects.claims()),
              into);
    }
  }

  /// Until it names its replica sets it means them all. Up to 1.11 the cluster was in
  /// `psmdbCluster`.
  private static List<ObjectName> claims(JsonNode backup, Claims claims) {
    String named = Said.text(backup, "/spec/clusterName");
    String cluster = named.isEmpty() ? Said.text(backup, "/spec/psmdbCluster") : named;
    Map<String, String> labels =
        Map.of(
            "app.kubernetes.io/name",
            "percona-server-mongodb",
            "app.kubernetes.io/instance",
            cluster);
    String namespace = Said.text(backup, "/metadata/namespace");
    Set<String> sets = Said.texts(backup, "/status/replsetNames");
    return sets.isEmpty()
        ? claims.labelled(namespace, labels)
        : sets.stream()
            .map(set -> Said.with(labels, "app.kubernetes.io/replset", set))
            .flatMap(each -> claims.labelled(namespace, each).stream())
            .toList();
  }
}
