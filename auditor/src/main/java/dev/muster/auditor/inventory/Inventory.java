package dev.muster.auditor.inventory;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.ObjectName;
import dev.muster.model.Beginning;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything that holds data or uses it, by namespace. Holds facts, no objects: some hundred bytes
/// for a volume with its users. For one thread at a time.
public final class Inventory {
  /// Named one by one.
  private static final int UNREAD = 20;

  private static final int REASON = 300;

  private final Map<String, Room> rooms = new TreeMap<>();
  private final Map<String, String> volumes = new HashMap<>();
  private final List<String> gaps = new ArrayList<>();
  private final Map<String, String> unread = new TreeMap<>();
  private boolean evidenceGap;

  /// Lists everything once. Kinds without contracts that may not be read are a gap; all else must
  /// be.
  ///
  /// @param namespace only this; null for all
  /// @throws ClusterException where the server does not answer, since a part would look like a
  ///   whole
  public static Inventory list(Cluster cluster, @Nullable String namespace) {
    Inventory inventory = new Inventory();
    ObjectReader reader = new ObjectReader();
    for (Kind kind : Kind.values()) {
      try {
        if (kind == Kind.NAMESPACE && namespace != null) {
          // Whoever sees one namespace need not see all.
          reader
              .read(cluster.get(Namespace.class, ObjectName.global(namespace)))
              .ifPresent(inventory::put);
        } else {
          inventory.fill(cluster, kind, namespace, reader);
        }
      } catch (ClusterException.Forbidden e) {
        if (kind.contracts()) {
          throw e;
        }
        inventory.gap(kind, e);
      }
    }
    return inventory;
  }

  private void fill(Cluster cluster, Kind kind, @Nullable String namespace, ObjectReader reader) {
    cluster
        .listPlain(
            kind.resource(),
            kind.global() ? null : namespace,
            kind.binary(),
            at -> reader.read(kind, at))
        .orElseThrow(() -> new ClusterException.NotFound("the server has no " + kind.resource()))
        .stream()
        .filter(facts -> namespace == null || belongs(facts, namespace))
        .forEach(this::put);
  }

  private static boolean belongs(Facts facts, String namespace) {
    return !(facts instanceof VolumeFacts volume) || volume.claimNamespace().equals(namespace);
  }

  /// Everything that was put, to be kept elsewhere.
  public Stream<Facts> facts() {
    return rooms.values().stream().flatMap(Room::facts);
  }

  /// Something could not be read.
  ///
  /// @param evidence whether tools name the volumes that they have by it
  public void missing(String gap, boolean evidence) {
    evidenceGap |= evidence;
    gaps.add(gap);
  }

  /// What this object holds, uses or asks for is not known, or only as it was.
  ///
  /// @param object its kind and name
  public void unread(String object, String why) {
    unread.put(object, Beginning.of(why, REASON));
  }

  /// It could be read meanwhile, or is gone.
  public void noLongerUnread(String object) {
    unread.remove(object);
  }

  private void gap(Kind kind, ClusterException.Forbidden refused) {
    String loss =
        kind.evidence()
            ? "volumes without a point stay Unknown"
            : "data that only they show is missing";
    missing(
        "%s cannot be read (%s): grant list, or %s"
            .formatted(kind.resource(), refused.getMessage(), loss),
        kind.evidence());
  }

  /// Whether something could not be read by which tools name the volumes that they have.
  public boolean evidenceGap() {
    return evidenceGap;
  }

  /// Takes the place of what was known of the object.
  ///
  /// @return the rooms that are others now
  public Set<String> put(Facts facts) {
    return switch (facts) {
      case NamespaceFacts namespace -> put(namespace.metadata().name(), r -> r.put(namespace));
      case ClaimFacts claim -> put(claim.metadata().namespace(), room -> room.put(claim));
      case PodFacts pod -> put(pod.metadata().namespace(), room -> room.put(pod));
      case WorkloadFacts workload ->
          put(workload.metadata().namespace(), room -> room.put(workload));
      case ServiceFacts service -> put(service.metadata().namespace(), r -> r.put(service));
      case VolumeFacts volume -> put(volume);
    };
  }

  private Set<String> put(String name, Consumer<Room> into) {
    into.accept(room(name));
    return Set.of(name);
  }

  /// A volume moves with the claim that it is bound to.
  private Set<String> put(VolumeFacts volume) {
    String name = volume.metadata().name();
    String room = volume.claimNamespace();
    String before = volumes.put(name, room);
    Set<String> changed = put(room, into -> into.put(volume));
    if (before == null || before.equals(room)) {
      return changed;
    }
    leave(before, Kind.VOLUME, name);
    return Set.of(before, room);
  }

  /// @return the room that is another now
  public Set<String> remove(Kind kind, ObjectName name) {
    String room =
        switch (kind) {
          case NAMESPACE -> name.name();
          case VOLUME -> volumes.remove(name.name());
          default -> name.namespace();
        };
    if (room == null) {
      return Set.of();
    }
    if (kind == Kind.NAMESPACE) {
      vacate(room);
    } else {
      leave(room, kind, name.name());
    }
    return Set.of(room);
  }

  private void leave(String room, Kind kind, String name) {
    find(room).ifPresent(from -> from.remove(kind, name));
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

  /// By name; first that of volumes without a claim, if there are any.
  public Collection<Room> rooms() {
    return rooms.values();
  }

  public Optional<Room> find(String namespace) {
    return Optional.ofNullable(rooms.get(namespace));
  }

  /// What could not be read, and how to mend it.
  public List<String> gaps() {
    List<String> all = new ArrayList<>(gaps);
    unread.entrySet().stream()
        .limit(UNREAD)
        .map(each ->
            "%s cannot be read (%s): what it holds or asks for is missing here until it is corrected"
                .formatted(each.getKey(), each.getValue()))
        .forEach(all::add);
    if (unread.size() > UNREAD) {
      all.add(
          "%d more objects cannot be read: the log names them".formatted(unread.size() - UNREAD));
    }
    return List.copyOf(all);
  }
}
