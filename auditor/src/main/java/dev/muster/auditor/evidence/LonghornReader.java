package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.cluster.ObjectName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Longhorn: `longhorn.io/v1beta2` Backup; names from longhorn-manager,
/// `k8s/pkg/apis/longhorn/v1beta2`.
///
/// A Backup is in the backup target, outside of the volume's replicas; a Longhorn snapshot is not,
/// and is not read. A Backup that the target no longer has loses its object.
final class LonghornReader implements ToolReader {
  private static final GroupVersionResource BACKUPS =
      new GroupVersionResource("longhorn.io", "v1beta2", "backups");
  private static final String DRIVER = "driver.longhorn.io";

  @Override
  public String name() {
    return "Longhorn";
  }

  @Override
  public List<GroupVersionResource> resources() {
    return List.of(BACKUPS);
  }

  @Override
  public Set<GroupVersionResource> many() {
    return Set.of(BACKUPS);
  }

  @Override
  public List<Found> read(GroupVersionResource of, JsonNode backup, ToolObjects objects) {
    return objects
        .claims()
        .ofVolume(DRIVER, Said.text(backup, "/status/volumeName"))
        .flatMap(claim -> backup(backup, claim))
        .map(List::of)
        .orElse(List.of());
  }

  private Optional<Found> backup(JsonNode backup, ObjectName claim) {
    String object = Said.name("Backup", backup);
    return switch (Said.text(backup, "/status/state")) {
      case "Completed" ->
          Said.time(backup, "/status/snapshotCreatedAt")
              // By its volume, not by the claim's name.
              .map(cut -> new ForeignPoint(name(), object, cut).ofWhatIsThere())
              .map(point -> new Found.Point(claim, point));
      case "Error" ->
          Said.time(backup, "/metadata/creationTimestamp")
              .map(at ->
                  new Found.Failure(
                      claim,
                      new ForeignFailure(name(), object, at, Said.text(backup, "/status/error"))));
      default -> Optional.empty(); // Not yet, or not known to Longhorn itself.
    };
  }
}
