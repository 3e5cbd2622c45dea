package dev.muster.auditor.evidence;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.GroupVersionResource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a server has of the API. One call tells which tools are not there; without an answer each
/// resource is asked for, and is a gap of its own.
///
/// @param groupVersions empty where they are not known
record Served(Optional<Set<String>> groupVersions) {

  static Served by(Cluster cluster) {
    try {
      return new Served(Optional.of(cluster.groupVersions()));
    } catch (ClusterException e) {
      return new Served(Optional.empty());
    }
  }

  boolean has(GroupVersionResource resource) {
    return groupVersions.map(all -> all.contains(resource.groupVersion())).orElse(true);
  }

  /// The versions of a group of which none of these resources is: what is there is of a release
  /// that nobody here can read.
  List<String> unread(String group, List<GroupVersionResource> resources) {
    boolean some =
        resources.stream().filter(each -> each.group().equals(group)).anyMatch(this::has);
    return some
        ? List.of()
        : groupVersions.orElse(Set.of()).stream()
            .filter(each -> each.startsWith(group + "/"))
            .sorted()
            .toList();
  }
}
