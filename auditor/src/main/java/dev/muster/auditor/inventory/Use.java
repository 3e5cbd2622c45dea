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

  /// Whether everything that containers see of the volume is at or below one of the paths: a claim
  /// may be mounted in parts.
  public boolean within(Set<String> paths) {
    return !mounts.isEmpty()
        && mounts.stream()
            .map(mount -> mount.substring(mount.indexOf(':') + 1) + "/")
            .allMatch(mount -> paths.stream().anyMatch(path -> below(mount, path)));
  }

  /// Whether no container sees only a folder of the volume.
  public boolean whole() {
    return workload.template().volumes().stream()
        .noneMatch(each -> each.name().equals(volume) && each.part());
  }

  private static boolean below(String mount, String path) {
    return !path.isEmpty() && mount.startsWith(path.endsWith("/") ? path : path + "/");
  }
}
