package dev.muster.auditor.inventory;

import dev.muster.policies.ContainerShape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a Pod, or a template of Pods, shows of its data.
public record PodShape(
    Map<String, String> annotations, List<ContainerShape> containers, List<Volume> volumes) {
  static final PodShape NONE = new PodShape(Map.of(), List.of(), List.of());

  public PodShape {
    annotations = Map.copyOf(annotations);
    containers = List.copyOf(containers);
    volumes = List.copyOf(volumes);
  }

  /// A volume of a Pod.
  ///
  /// @param source the field that says what it is: `persistentVolumeClaim`, `ephemeral`,
  ///   `hostPath`, `emptyDir`, `nfs`, ...
  /// @param claim the claim's name, empty for another source
  /// @param place a path of the node, `server:path`, or the driver; empty where there is none
  /// @param written whether a container may write to it
  /// @param part whether a container sees only a folder of it
  public record Volume(
      String name, String source, String claim, String place, boolean written, boolean part) {}

  /// `container:path` of each use of a volume.
  public Set<String> mounts(String volume) {
    Set<String> mounts = new HashSet<>();
    for (ContainerShape container : containers) {
      for (ContainerShape.Mount mount : container.mounts()) {
        if (mount.volume().equals(volume)) {
          mounts.add(container.name() + ":" + mount.path());
        }
      }
    }
    return mounts;
  }
}
