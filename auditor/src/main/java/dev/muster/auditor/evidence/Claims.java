package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.auditor.inventory.ClaimFacts;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.inventory.Metadata;
import dev.muster.auditor.inventory.PodFacts;
import dev.muster.auditor.inventory.PodShape;
import dev.muster.auditor.inventory.Room;
import dev.muster.auditor.inventory.Use;
import dev.muster.auditor.inventory.Uses;
import dev.muster.auditor.inventory.VolumeFacts;
import dev.muster.cluster.ObjectName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The claims of a cluster by the ways in which tools name them.
final class Claims {
  private final Inventory inventory;
  private final Map<String, Uses> uses = new HashMap<>();
  // Made when they are asked for: no cluster has every tool.
  private @Nullable Map<String, ObjectName> byUid;
  private @Nullable Map<String, PodFacts> podsByUid;
  private @Nullable Map<String, ObjectName> byHandle;

  Claims(Inventory inventory) {
    this.inventory = inventory;
  }

  /// The claim that has this UID now: one that was made anew under the old name is another.
  Optional<ObjectName> ofUid(String uid) {
    if (byUid == null) {
      byUid = byUid(inventory);
    }
    return named(byUid, uid);
  }

  private static Map<String, ObjectName> byUid(Inventory inventory) {
    Map<String, ObjectName> all = new HashMap<>();
    for (Room room : inventory.rooms()) {
      for (ClaimFacts claim : room.claims()) {
        all.put(claim.metadata().uid(), claim.metadata().objectName());
      }
    }
    return all;
  }

  /// The claim that is bound to what a CSI driver calls so.
  Optional<ObjectName> ofVolume(String driver, String handle) {
    if (byHandle == null) {
      byHandle = byHandle(inventory);
    }
    return named(byHandle, handle(driver, handle));
  }

  private static Map<String, ObjectName> byHandle(Inventory inventory) {
    Map<String, ObjectName> all = new HashMap<>();
    for (Room room : inventory.rooms()) {
      for (VolumeFacts volume : room.volumes()) {
        room.claim(volume)
            .map(claim -> claim.metadata().objectName())
            .ifPresent(claim -> all.put(handle(volume.driver(), volume.handle()), claim));
      }
    }
    return all;
  }

  private static String handle(String driver, String handle) {
    return handle.isEmpty() ? "" : driver + "/" + handle;
  }

  private Optional<PodFacts> pod(String uid) {
    if (podsByUid == null) {
      podsByUid = podsByUid(inventory);
    }
    return named(podsByUid, uid);
  }

  private static Map<String, PodFacts> podsByUid(Inventory inventory) {
    Map<String, PodFacts> all = new HashMap<>();
    for (Room room : inventory.rooms()) {
      room.pods().forEach(pod -> all.put(pod.metadata().uid(), pod));
    }
    return all;
  }

  /// What nobody names is nobody's.
  private static <T> Optional<T> named(Map<String, T> all, String name) {
    return name.isEmpty() ? Optional.empty() : Optional.ofNullable(all.get(name));
  }

  /// The claim behind a volume of a Pod that still runs.
  Optional<ObjectName> ofPod(String podUid, String volume) {
    return pod(podUid)
        .flatMap(pod ->
            pod.shape().volumes().stream()
                .filter(each -> each.name().equals(volume) && !each.claim().isEmpty())
                .map(PodShape.Volume::claim)
                .findFirst()
                .map(claim -> ObjectName.in(pod.metadata().namespace(), claim)));
  }

  /// What a target means: a claim, or a workload with all that it uses; in the namespace of the
  /// object that names it, unless it says another.
  List<ObjectName> ofTarget(JsonNode object, JsonNode target) {
    return ofTarget(object, target, use -> true, use -> true);
  }

  /// Of these, what a tool has that holds these paths: a claim with any, a workload's volumes that
  /// are mounted within one. A folder of a volume that others have as well is not the volume.
  List<ObjectName> ofTarget(JsonNode object, JsonNode target, Set<String> paths) {
    return paths.isEmpty()
        ? List.of()
        : ofTarget(
            object, target, use -> use.within(paths), use -> use.whole() && use.within(paths));
  }

  /// What the workload of this name uses, whatever its kind; names that people give to a server.
  List<ObjectName> ofWorkload(String namespace, String name) {
    Predicate<Use> called = use -> use.workload().metadata().name().equals(name);
    return used(namespace, called, called);
  }

  /// @param first of a claim's first user
  /// @param further of its other users
  private List<ObjectName> ofTarget(
      JsonNode object, JsonNode target, Predicate<Use> first, Predicate<Use> further) {
    String said = target.path("namespace").asText("");
    String namespace = said.isEmpty() ? Said.text(object, "/metadata/namespace") : said;
    String kind = target.path("kind").asText("");
    String name = target.path("name").asText("");
    if (kind.equals("PersistentVolumeClaim")) {
      return Said.claim(namespace, name).stream().toList();
    }
    Predicate<Use> meant =
        use -> use.workload().kind().equals(kind) && use.workload().metadata().name().equals(name);
    return used(namespace, meant.and(first), meant.and(further));
  }

  private List<ObjectName> used(
      String namespace, Predicate<Use> ofFirst, Predicate<Use> ofFurther) {
    Uses uses = this.uses.computeIfAbsent(namespace, this::uses);
    List<ObjectName> found = new ArrayList<>();
    for (ClaimFacts claim : in(namespace)) {
      Optional<Use> first = uses.of(claim);
      if (first.isPresent()
          && (ofFirst.test(first.get()) || any(uses, claim, first.get(), ofFurther))) {
        found.add(claim.metadata().objectName());
      }
    }
    return found;
  }

  private static boolean any(Uses uses, ClaimFacts claim, Use first, Predicate<Use> which) {
    return uses.others(claim.metadata().name(), first).stream().anyMatch(which);
  }

  private Uses uses(String namespace) {
    return new Uses(inventory.find(namespace).orElseGet(() -> Room.empty(namespace)));
  }

  /// Those of a namespace that carry all of these labels, as operators mark what is theirs; none
  /// where a label has no value.
  List<ObjectName> labelled(String namespace, Map<String, String> labels) {
    if (labels.containsValue("")) {
      return List.of();
    }
    return in(namespace).stream()
        .map(ClaimFacts::metadata)
        .filter(claim -> claim.labels().entrySet().containsAll(labels.entrySet()))
        .map(Metadata::objectName)
        .toList();
  }

  /// A point of all that one database keeps: who joined it since has the same data.
  ///
  /// @param claims of the database
  ForeignPoint ofAll(List<ObjectName> claims, ForeignPoint point) {
    boolean there = claims.stream().anyMatch(claim -> before(claim, point.cut()));
    return there ? point.ofWhatIsThere() : point;
  }

  /// Whether the claim was there by then.
  boolean before(ObjectName claim, Instant then) {
    return inventory
        .find(String.valueOf(claim.namespace()))
        .flatMap(room -> room.claim(claim.name()))
        .map(found -> found.metadata().created())
        .filter(created -> !created.isAfter(then))
        .isPresent();
  }

  /// Those of the namespaces that a template of Velero takes in.
  List<ClaimFacts> covered(JsonNode template) {
    if (!template.isObject()) {
      return List.of();
    }
    Set<String> included = Said.texts(template, "/includedNamespaces");
    Set<String> excluded = Said.texts(template, "/excludedNamespaces");
    boolean all = included.isEmpty() || included.contains("*");
    return rooms().stream()
        .filter(room -> all || included.contains(room.name()))
        .filter(room -> !excluded.contains(room.name()))
        .flatMap(room -> room.claims().stream())
        .toList();
  }

  /// The namespaces that hold something.
  Collection<Room> rooms() {
    return inventory.rooms();
  }

  Collection<ClaimFacts> in(String namespace) {
    return inventory.find(namespace).map(Room::claims).orElse(List.of());
  }
}
