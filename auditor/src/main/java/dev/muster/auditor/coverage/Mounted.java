package dev.muster.auditor.coverage;

import dev.muster.auditor.inventory.PodShape.Volume;
import dev.muster.auditor.inventory.WorkloadFacts;
import java.util.List;
import java.util.Set;

/// What Pods mount without a claim: does it hold data that is there when the Pod is gone?
final class Mounted {
  /// What has a claim is judged by that; all else shows objects of the cluster.
  private static final Set<String> NEVER =
      Set.of(
          "", "persistentVolumeClaim", "configMap", "secret", "projected", "downwardAPI", "image");

  private static final Set<String> OF_THE_POD = Set.of("emptyDir", "csi");
  private static final String NODE = "hostPath";

  /// Of the node itself, and of what runs on every one.
  private static final List<String> SYSTEM =
      List.of(
          "/bin/",
          "/boot/",
          "/dev/",
          "/etc/",
          "/lib/",
          "/opt/cni/",
          "/proc/",
          "/run/",
          "/sbin/",
          "/sys/",
          "/tmp/",
          "/usr/",
          "/var/lib/cni/",
          "/var/lib/containerd/",
          "/var/lib/containers/",
          "/var/lib/docker/",
          "/var/lib/kubelet/",
          "/var/log/",
          "/var/run/");

  private Mounted() {}

  static boolean mayHoldData(Volume volume) {
    return !NEVER.contains(volume.source());
  }

  /// Whether it holds data even if no engine is known to keep it there. The agents that run on
  /// every node look at the node's own files.
  static boolean outlives(WorkloadFacts workload, Volume volume) {
    if (!volume.written() || OF_THE_POD.contains(volume.source())) {
      return false;
    }
    return !volume.source().equals(NODE)
        || !workload.kind().equals("DaemonSet") && !system(volume.place());
  }

  private static boolean system(String path) {
    String folder = path.endsWith("/") ? path : path + "/";
    return folder.equals("/") || SYSTEM.stream().anyMatch(folder::startsWith);
  }
}
