package dev.muster.auditor.evidence;

import dev.muster.cluster.GroupVersionResource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tools whose objects we find, and cannot judge. Groups, versions and plurals are those of their
/// custom resource definitions.
final class KnownTools {
  private KnownTools() {}

  /// By what people call it, `group/version`, and resources.
  private record Known(String tool, String group, String version, List<String> resources) {
    static Known of(String tool, String groupVersion, String... resources) {
      String[] parts = groupVersion.split("/", 2);
      return new Known(tool, parts[0], parts[1], List.of(resources));
    }

    Stream<Map.Entry<GroupVersionResource, String>> all() {
      return resources.stream()
          .map(resource -> Map.entry(new GroupVersionResource(group, version, resource), tool));
    }
  }

  private static final List<Known> ALL =
      List.of(
          Known.of("ArangoDB", "backup.arangodb.com/v1", "arangobackups", "arangobackuppolicies"),
          Known.of("Backup for GKE", "gkebackup.gke.io/v1", "protectedapplications"),
          Known.of("Couchbase", "couchbase.com/v2", "couchbasebackups"),
          Known.of("etcd-operator", "etcd.database.coreos.com/v1beta2", "etcdbackups"),
          Known.of("Gemini", "gemini.fairwinds.com/v1", "snapshotgroups"),
          Known.of("K8up", "backup.appuio.ch/v1alpha1", "schedules"),
          Known.of(
              "KubeBlocks", "dataprotection.kubeblocks.io/v1alpha1", "backups", "backupschedules"),
          Known.of(
              "Medusa", "medusa.k8ssandra.io/v1alpha1", "medusabackups", "medusabackupschedules"),
          Known.of("MOCO", "moco.cybozu.com/v1beta2", "backuppolicies"),
          Known.of("MySQL Operator", "mysql.oracle.com/v2", "mysqlbackups"),
          Known.of("MySQL Operator (Presslabs)", "mysql.presslabs.org/v1alpha1", "mysqlbackups"),
          Known.of("OADP", "oadp.openshift.io/v1alpha1", "nonadminbackups"),
          Known.of("Percona Server", "ps.percona.com/v1alpha1", "perconaservermysqlbackups"),
          Known.of("Percona Server", "ps.percona.com/v1", "perconaservermysqlbackups"),
          Known.of("SnapScheduler", "snapscheduler.backube/v1", "snapshotschedules"),
          Known.of("Solr", "solr.apache.org/v1beta1", "solrbackups"),
          Known.of("StackGres", "stackgres.io/v1", "sgbackups"),
          Known.of(
              "Stork",
              "stork.libopenstorage.org/v1alpha1",
              "applicationbackups",
              "applicationbackupschedules"),
          Known.of("TiDB Operator", "pingcap.com/v1alpha1", "backups", "backupschedules"),
          Known.of("Trident protect", "protect.trident.netapp.io/v1", "backups", "schedules"),
          Known.of("Trilio", "triliovault.trilio.io/v1", "backups", "backupplans"),
          Known.of("Velero for vSphere", "backupdriver.cnsdp.vmware.com/v1alpha1", "snapshots"),
          Known.of("Vitess", "planetscale.com/v2", "vitessbackups"));

  /// With the tool that each is of.
  static Map<GroupVersionResource, String> resources() {
    return ALL.stream()
        .flatMap(Known::all)
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
