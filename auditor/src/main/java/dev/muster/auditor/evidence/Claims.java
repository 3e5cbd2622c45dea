package dev.muster.auditor.evidence;

import dev.muster.auditor.inventory.ClaimFacts;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.inventory.PodFacts;
import dev.muster.auditor.inventory.PodShape;
import dev.muster.auditor.inventory.Room;
import dev.muster.auditor.inventory.VolumeFacts;
import dev.muster.cluster.ObjectName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The claims of a cluster by the ways in which tools name them.
final class Claims {
  private final Inventory inventory;
  private final Map<String, ObjectName> byUid = new HashMap<>();
  private final Map<String, PodFacts> podsByUid = new HashMap<>();
  private final Map<String, ObjectName> byHandle = new HashMap<>();

  Claims(Inventory inventory) {
    this.inventory = inventory;
    for (Room room : inventory.rooms()) {
      for (ClaimFacts claim : room.claims()) {
        byUid.put(claim.metadata().uid(), claim.metadata().objectName());
      }
      for (PodFacts pod : room.pods()) {
        podsByUid.put(pod.metadata().uid(), pod);
      }
    }
    for (VolumeFacts volume : inventory.volumes()) {
      if (!volume.handle().isEmpty()) {
        Said.claim(volume.claimNamespace(), volume.claimName())
            .ifPresent(claim -> byHandle.put(volume.driver() + "/" + volume.handle(), claim));
      }
    }
    // What nobody names is nobody's.
    byUid.remove("");
    podsByUid.remove("");
  }

  /// The claim that has this UID now: one that was made anew under the old name is another.
  Optional<ObjectName> ofUid(String uid) {
    return Optional.ofNullable(byUid.get(uid));
  }

  /// The claim that is bound to what a CSI driver calls so.
  Optional<ObjectName> ofVolume(String driver, String handle) {
    return Optional.ofNullable(byHandle.get(driver + "/" + handle));
  }

  /// The claim behind a volume of a Pod that still runs.
  Optional<ObjectName> ofPod(String podUid, String volume) {
    return Optional.ofNullable(podsByUid.get(podUid))
        .flatMap(pod ->
            pod.shape().volumes().stream()
                .filter(each -> each.name().equals(volume) && !each.claim().isEmpty())
                .map(PodShape.Volume::claim)
                .findFirst()
                .map(claim -> ObjectName.in(pod.metadata().namespace(), claim)));
  }

  /// The namespaces that hold something.
  Collection<Room> rooms() {
    return inventory.rooms();
  }

  Collection<ClaimFacts> in(String namespace) {
    return inventory.find(namespace).map(Room::claims).orElse(List.of());
  }
}
