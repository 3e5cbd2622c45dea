package dev.muster.auditor.inventory;

import java.util.Set;

/// How a workload uses a volume.
///
/// @param volume the name that its template gives it
/// @param mounts `container:path`
public record Use(WorkloadFacts workload, String volume, Set<String> mounts) {
  public Use {
    mounts = Set.copyOf(mounts);
  }

  public static Use of(WorkloadFacts workload, String volume) {
    return new Use(workload, volume, workload.template().mounts(volume));
  }

  /// Whether everything that a container sees of the volume is at or below the path.
  public boolean within(String path) {
    String folder = path.endsWith("/") ? path : path + "/";
    return mounts.stream()
        .map(mount -> mount.substring(mount.indexOf(':') + 1) + "/")
        .anyMatch(mount -> mount.startsWith(folder));
  }
}
