package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.GroupVersionResource;
import java.util.List;
import java.util.Set;

/// CSI's `snapshot.storage.k8s.io/v1` VolumeSnapshot, of whoever made it; names from
/// kubernetes-csi/external-snapshotter, `client/apis/volumesnapshot/v1`.
///
/// It lives in the storage system of its volume and goes with it: never a recovery point.
final class SnapshotReader implements ToolReader {
  private static final GroupVersionResource SNAPSHOTS =
      new GroupVersionResource("snapshot.storage.k8s.io", "v1", "volumesnapshots");

  @Override
  public String name() {
    return "VolumeSnapshot";
  }

  @Override
  public List<GroupVersionResource> resources() {
    return List.of(SNAPSHOTS);
  }

  @Override
  public Set<GroupVersionResource> many() {
    return Set.of(SNAPSHOTS);
  }

  @Override
  public List<Found> read(GroupVersionResource of, JsonNode snapshot, ToolObjects objects) {
    return Said.claim(
            Said.text(snapshot, "/metadata/namespace"),
            Said.text(snapshot, "/spec/source/persistentVolumeClaimName"))
        .<Found>map(claim ->
            new Found.Meant(claim, new Intent(name(), Said.name("VolumeSnapshot", snapshot))))
        .stream()
        .toList();
  }
}
