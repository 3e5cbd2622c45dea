package dev.muster.auditor.evidence;

import dev.muster.auditor.contract.Inventory;
import dev.muster.cluster.ObjectName;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeSpec;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The claims of a cluster by the ways in which tools name them.
final class Claims {
  private final Map<String, ObjectName> byUid = new HashMap<>();
  private final Map<String, Map<String, ObjectName>> byPodUid = new HashMap<>();
  private final Map<String, ObjectName> byHandle = new HashMap<>();
  private final Map<String, List<PersistentVolumeClaim>> byNamespace = new HashMap<>();

  Claims(Inventory inventory) {
    for (PersistentVolumeClaim claim : inventory.claims()) {
      byUid.put(String.valueOf(claim.getMetadata().getUid()), ObjectName.of(claim));
      byNamespace
          .computeIfAbsent(
              String.valueOf(claim.getMetadata().getNamespace()), added -> new ArrayList<>())
          .add(claim);
    }
    for (PersistentVolume volume : inventory.volumes()) {
      volume(volume);
    }
    for (Pod pod : inventory.pods()) {
      byPodUid.put(String.valueOf(pod.getMetadata().getUid()), volumes(pod));
    }
  }

  private void volume(PersistentVolume volume) {
    PersistentVolumeSpec spec = volume.getSpec();
    if (spec != null && spec.getCsi() != null && spec.getClaimRef() != null) {
      Said.claim(
              String.valueOf(spec.getClaimRef().getNamespace()),
              String.valueOf(spec.getClaimRef().getName()))
          .ifPresent(claim ->
              byHandle.put(
                  spec.getCsi().getDriver() + "/" + spec.getCsi().getVolumeHandle(), claim));
    }
  }

  private static Map<String, ObjectName> volumes(Pod pod) {
    Map<String, ObjectName> claims = new HashMap<>();
    if (pod.getSpec() != null) {
      for (Volume volume : pod.getSpec().getVolumes()) {
        if (volume.getPersistentVolumeClaim() != null) {
          String claim = volume.getPersistentVolumeClaim().getClaimName();
          claims.put(volume.getName(), ObjectName.in(pod.getMetadata().getNamespace(), claim));
        }
      }
    }
    return claims;
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
    return Optional.ofNullable(byPodUid.getOrDefault(podUid, Map.of()).get(volume));
  }

  Iterable<String> namespaces() {
    return byNamespace.keySet();
  }

  List<PersistentVolumeClaim> in(String namespace) {
    return byNamespace.getOrDefault(namespace, List.of());
  }

  static String annotation(PersistentVolumeClaim claim, String key) {
    return Objects.requireNonNullElse(
            claim.getMetadata().getAnnotations(), Map.<String, String>of())
        .getOrDefault(key, "");
  }

  static String label(PersistentVolumeClaim claim, String key) {
    return Objects.requireNonNullElse(claim.getMetadata().getLabels(), Map.<String, String>of())
        .getOrDefault(key, "");
  }
}
