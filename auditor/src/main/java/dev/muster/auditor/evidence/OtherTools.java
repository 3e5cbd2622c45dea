package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.GroupVersionResource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Asks a cluster for the objects of every tool that we can read.
public final class OtherTools {
  static final List<ToolReader> READERS =
      List.of(
          new VeleroReader(),
          new K8upReader(),
          new VolSyncReader(),
          new LonghornReader(),
          new CloudNativePgReader(),
          new StashReader(),
          new KubeStashReader(),
          new SnapshotReader());

  private final Cluster cluster;
  private final InstantSource clock;

  public OtherTools(Cluster cluster, InstantSource clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  /// All that is asked for.
  public static List<GroupVersionResource> resources() {
    return READERS.stream().flatMap(reader -> reader.resources().stream()).toList();
  }

  /// Throws nothing: what cannot be read is a gap. Tools keep objects in namespaces of their own,
  /// so all namespaces are asked whatever the inventory holds.
  public Findings of(Inventory inventory) {
    Claims claims = new Claims(inventory);
    Instant now = clock.instant();
    Findings findings = new Findings();
    for (ToolReader reader : READERS) {
      reader.read(new ToolObjects(objects(reader, findings), claims, now), findings);
    }
    return findings;
  }

  private Map<GroupVersionResource, List<JsonNode>> objects(ToolReader reader, Findings findings) {
    Map<GroupVersionResource, List<JsonNode>> objects = new HashMap<>();
    for (GroupVersionResource resource : reader.resources()) {
      try {
        cluster.listPlain(resource, null).ifPresent(all -> objects.put(resource, all));
      } catch (ClusterException e) {
        findings.gap(
            "%s of %s cannot be read (%s): grant list, or judge what it protects by hand"
                .formatted(resource, reader.name(), e.getMessage()));
      }
    }
    return objects;
  }
}
