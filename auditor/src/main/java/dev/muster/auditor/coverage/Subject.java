package dev.muster.auditor.coverage;

import dev.muster.auditor.inventory.ClaimFacts;
import dev.muster.auditor.inventory.Use;
import dev.muster.model.VolumeRef;
import java.util.List;
import java.util.Optional;

/// One volume to be judged, and who uses it.
///
/// @param claim the claim or template, where there is one
/// @param use by a workload
/// @param user the workload, or a Pod without one; empty for none
record Subject(VolumeRef volume, Optional<ClaimFacts> claim, Optional<Use> use, String user) {

  /// Whether `exclude-volumes` means it: by its own name, or by that in the template.
  boolean among(List<String> names) {
    return !names.isEmpty()
        && (names.contains(volume.name())
            || use.map(u -> names.contains(u.volume())).orElse(false));
  }
}
