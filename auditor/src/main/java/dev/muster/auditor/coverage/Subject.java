package dev.muster.auditor.coverage;

import dev.muster.auditor.contract.Workload;
import dev.muster.model.VolumeRef;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Optional;
import java.util.Set;

/// One volume to be judged, and who uses it.
///
/// @param claim the claim or template, where there is one
/// @param volumeNames names by which `exclude-volumes` may mean it
/// @param mounts `container:path` of each use
record Subject(
    VolumeRef volume,
    Optional<PersistentVolumeClaim> claim,
    Optional<Workload> workload,
    String user,
    Set<String> volumeNames,
    Set<String> mounts) {

  Subject {
    volumeNames = Set.copyOf(volumeNames);
    mounts = Set.copyOf(mounts);
  }
}
