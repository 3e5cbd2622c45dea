package dev.muster.auditor.coverage;

import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.evidence.OutsideDatabase;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.inventory.Metadata;
import dev.muster.auditor.inventory.Owners;
import dev.muster.auditor.inventory.Room;
import dev.muster.model.DrillNamespace;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Databases outside of the cluster, by the objects of those that run them, as volumes to be
/// judged.
final class Databases {
  private Databases() {}

  /// Of the inventory, and those that hold nothing but databases; by name.
  static Collection<Room> rooms(Inventory inventory, Findings others) {
    if (others.databaseNamespaces().isEmpty()) {
      return inventory.rooms();
    }
    Map<String, Room> all = new TreeMap<>();
    others.databaseNamespaces().forEach(name -> all.put(name, Room.empty(name)));
    inventory.rooms().forEach(room -> all.put(room.name(), room));
    return all.values();
  }

  /// One of them.
  static Optional<Room> room(String name, Inventory inventory, Findings others) {
    Optional<Room> room = inventory.find(name);
    return room.isEmpty() && others.databaseNamespaces().contains(name)
        ? Optional.of(Room.empty(name))
        : room;
  }

  static List<Subject> of(Room room, Findings others) {
    Collection<OutsideDatabase> databases = others.databases(room.name());
    if (databases.isEmpty() || DrillNamespace.is(room.name(), room.namespace().labels())) {
      return List.of();
    }
    Owners owners = new Owners(room);
    return databases.stream().map(database -> subject(database, owners)).toList();
  }

  private static Subject subject(OutsideDatabase database, Owners owners) {
    Metadata metadata = database.metadata();
    return new Subject(
        database.ref(),
        new Place(database.phase(), null, database.size(), "", "", metadata.created()),
        Optional.empty(),
        metadata.annotations(),
        Optional.empty(),
        "",
        owners.of(metadata));
  }

  static VerdictFacts.Provider provider(OutsideDatabase database) {
    return new VerdictFacts.Provider(
        database.state().name().toLowerCase(Locale.ROOT), database.backups());
  }
}
