package dev.muster.auditor.coverage;

import dev.muster.auditor.inventory.WorkloadFacts;
import java.util.Set;

/// How a workload uses a volume.
///
/// @param volume the name that its template gives it
/// @param mounts `container:path`
record Use(WorkloadFacts workload, String volume, Set<String> mounts) {
  Use {
    mounts = Set.copyOf(mounts);
  }

  static Use of(WorkloadFacts workload, String volume) {
    return new Use(workload, volume, workload.template().mounts(volume));
  }
}
