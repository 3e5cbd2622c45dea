package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.GroupVersionResource;
import java.util.List;
import java.util.Map;

/// Zalando's Postgres Operator: `acid.zalan.do/v1` postgresql; names from its package
/// `pkg/apis/acid.zalan.do/v1`, 1.6 and 1.14.
///
/// No object tells a backup: neither the logical ones, which a CronJob makes, nor those of WAL-G,
/// which only the configuration of the operator's Pods shows. So an intent at most.
final class ZalandoReader implements ToolReader {
  private static final GroupVersionResource CLUSTERS =
      new GroupVersionResource("acid.zalan.do", "v1", "postgresqls");

  private final String clusterLabel;

  /// @param clusterLabel in which the operator names a cluster (its `cluster_name_label`)
  ZalandoReader(String clusterLabel) {
    this.clusterLabel = clusterLabel;
  }

  @Override
  public String name() {
    return "Zalando";
  }

  @Override
  public List<GroupVersionResource> resources() {
    return List.of(CLUSTERS);
  }

  @Override
  public void read(ToolObjects objects, Findings into) {
    for (JsonNode cluster : objects.of(CLUSTERS)) {
      if (cluster.at("/spec/enableLogicalBackup").asBoolean(false)) {
        into.intent(
            objects
                .claims()
                .labelled(
                    Said.text(cluster, "/metadata/namespace"),
                    Map.of(clusterLabel, Said.text(cluster, "/metadata/name"))),
            new Intent(name(), Said.name("postgresql", cluster)));
      }
    }
  }
}
