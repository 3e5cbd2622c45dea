package dev.muster.auditor.inventory;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.ObjectName;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Everything that holds data or uses it, by namespace. Holds facts, no objects: some hundred bytes
/// for a volume with its users. For one thread at a time.
public final class Inventory {
  private final Map<String, Room> rooms = new TreeMap<>();
  private final Map<String, VolumeFacts> volumes = new HashMap<>();
  private final List<String> gaps = new ArrayList<>();

  /// Lists everything once. Pods and volumes that may not be read are a gap; all else must be,
  /// since contracts are in it.
  ///
  /// @param namespace only this; null for all
  /// @throws ClusterException where the server does not answer, since a part would look like a
  ///   whole
  public static Inventory list(Cluster cluster, @Nullable String namespace) {
    Inventory inventory = new Inventory();
    ObjectReader reader = new ObjectReader();
    for (Kind kind : Kind.values()) {
      if (kind == Kind.NAMESPACE && namespace != null) {
        // Whoever sees one namespace need not see all.
        reader
            .read(cluster.get(Namespace.class, ObjectName.global(namespace)))
            .ifPresent(inventory::put);
        continue;
      }
      try {
        cluster
            .listPlain(
                kind.resource(), kind.global() ? null : namespace, at -> reader.read(kind, at))
            .orElseThrow(
                () -> new ClusterException.NotFound("the server has no " + kind.resource()))
            .forEach(inventory::put);
      } catch (ClusterException.Forbidden e) {
        if (kind != Kind.POD && kind != Kind.VOLUME) {
          throw e;
        }
        inventory.gap(kind, e);
      }
    }
    return inventory;
  }

  private void gap(Kind kind, ClusterException.Forbidden refused) {
    gaps.add(
        "%s cannot be read (%s): grant list, or volumes without a point stay Unknown"
            .formatted(kind.resource(), refused.getMessage()));
  }

  /// Takes the place of what was known of the object.
  public void put(Facts facts) {
    switch (facts) {
      case NamespaceFacts namespace -> room(namespace.metadata().name()).put(namespace);
      case ClaimFacts claim -> room(claim.metadata().namespace()).put(claim);
      case PodFacts pod -> room(pod.metadata().namespace()).put(pod);
      case WorkloadFacts workload -> room(workload.metadata().namespace()).put(workload);
      case VolumeFacts volume -> volumes.put(volume.metadata().name(), volume);
    }
  }

  public void remove(Kind kind, ObjectName name) {
    switch (kind) {
      case NAMESPACE -> vacate(name.name());
      case VOLUME -> volumes.remove(name.name());
      default ->
          find(String.valueOf(name.namespace())).ifPresent(room -> room.remove(kind, name.name()));
    }
  }

  /// What was in it goes by itself: a namespace that was made anew may be filled already.
  private void vacate(String namespace) {
    Room room = rooms.get(namespace);
    if (room != null) {
      room.unnamed();
      if (room.isEmpty()) {
        rooms.remove(namespace);
      }
    }
  }

  private Room room(String namespace) {
    return rooms.computeIfAbsent(namespace, Room::new);
  }

  /// By name.
  public Collection<Room> rooms() {
    return rooms.values();
  }

  public Optional<Room> find(String namespace) {
    return Optional.ofNullable(rooms.get(namespace));
  }

  public Collection<VolumeFacts> volumes() {
    return volumes.values();
  }

  /// What could not be read, and how to mend it.
  public List<String> gaps() {
    return List.copyOf(gaps);
  }
}
