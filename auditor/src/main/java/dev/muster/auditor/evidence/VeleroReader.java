package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.auditor.inventory.ClaimFacts;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.cluster.ObjectName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Velero: `velero.io/v1` Backup, PodVolumeBackup and Schedule, `velero.io/v2alpha1` DataUpload;
/// names from its package `pkg/apis/velero`.
///
/// A volume has a recovery point where its own upload is `Completed` and the Backup that it belongs
/// to still exists, is done, and has not expired. A Backup alone says nothing of a volume: it is
/// `Completed` also when it skipped every one.
final class VeleroReader implements ToolReader {
  private static final GroupVersionResource BACKUPS =
      new GroupVersionResource("velero.io", "v1", "backups");
  private static final GroupVersionResource SCHEDULES =
      new GroupVersionResource("velero.io", "v1", "schedules");
  private static final GroupVersionResource POD_VOLUMES =
      new GroupVersionResource("velero.io", "v1", "podvolumebackups");
  private static final GroupVersionResource UPLOADS =
      new GroupVersionResource("velero.io", "v2alpha1", "datauploads");
  private static final String EXCLUDED = "velero.io/exclude-from-backup";
  private static final Set<String> USABLE = Set.of("Completed", "PartiallyFailed");

  @Override
  public String name() {
    return "Velero";
  }

  @Override
  public List<GroupVersionResource> resources() {
    return List.of(BACKUPS, SCHEDULES, POD_VOLUMES, UPLOADS);
  }

  @Override
  public Set<GroupVersionResource> many() {
    return Set.of(POD_VOLUMES, UPLOADS);
  }

  @Override
  public List<Found> read(GroupVersionResource of, JsonNode upload, ToolObjects objects) {
    boolean moved = of.equals(UPLOADS);
    String object = Said.name(moved ? "DataUpload" : "PodVolumeBackup", upload);
    return (moved ? sourceOf(upload) : claimOf(upload, objects.claims()))
        .flatMap(claim -> upload(object, moved, upload, claim, objects))
        .map(List::of)
        .orElse(List.of());
  }

  @Override
  public void read(ToolObjects objects, Findings into) {
    for (JsonNode schedule : objects.of(SCHEDULES)) {
      schedule(schedule, objects.claims(), into);
    }
  }

  private static String key(JsonNode object, String backup) {
    return Said.text(object, "/metadata/namespace") + "/" + backup;
  }

  private static Optional<ObjectName> claimOf(JsonNode upload, Claims claims) {
    return claims
        .ofUid(Said.label(upload, "velero.io/pvc-uid"))
        .or(() ->
            claims.ofPod(Said.text(upload, "/spec/pod/uid"), Said.text(upload, "/spec/volume")));
  }

  private static Optional<ObjectName> sourceOf(JsonNode upload) {
    return Said.claim(
        Said.text(upload, "/spec/sourceNamespace"), Said.text(upload, "/spec/sourcePVC"));
  }

  private Optional<Found> upload(
      String object, boolean moved, JsonNode upload, ObjectName claim, ToolObjects objects) {
    return switch (Said.text(upload, "/status/phase")) {
      case "Completed" ->
          cut(upload, moved, objects)
              .map(cut -> new ForeignPoint(name(), object, cut))
              .map(point -> ofThat(claim, upload, objects) ? point.ofWhatIsThere() : point)
              .map(point -> new Found.Point(claim, point));
      case "Failed", "Canceled" ->
          Said.time(upload, "/status/completionTimestamp")
              .or(() -> Said.time(upload, "/status/startTimestamp"))
              .or(() -> Said.time(upload, "/metadata/creationTimestamp"))
              .map(at ->
                  new Found.Failure(
                      claim,
                      new ForeignFailure(
                          name(), object, at, Said.text(upload, "/status/message"))));
      default -> Optional.empty(); // Not yet.
    };
  }

  /// Whether the claim was there when the upload was asked for: its Backup may have begun before.
  private static boolean ofThat(ObjectName claim, JsonNode upload, ToolObjects objects) {
    return Said.time(upload, "/metadata/creationTimestamp")
        .filter(asked -> objects.claims().before(claim, asked))
        .isPresent();
  }

  /// Of when the data is; empty where it is no point.
  private static Optional<Instant> cut(JsonNode upload, boolean moved, ToolObjects objects) {
    JsonNode backup = objects.named(BACKUPS, VeleroReader::namesOf).get(backupOf(upload));
    if (backup == null || !usable(backup, objects.now()) || !holds(upload)) {
      return Optional.empty();
    }
    // A DataUpload waits its turn long after its snapshot was taken.
    return Said.time(moved ? backup : upload, "/status/startTimestamp");
  }

  private static List<String> namesOf(JsonNode backup) {
    return List.of(
        Said.text(backup, "/metadata/uid"), key(backup, Said.text(backup, "/metadata/name")));
  }

  /// By UID: a label's value ends after 63 characters, and a name can be given again.
  private static String backupOf(JsonNode upload) {
    String uid = Said.label(upload, "velero.io/backup-uid");
    return uid.isEmpty() ? key(upload, Said.label(upload, "velero.io/backup-name")) : uid;
  }

  /// restic makes no snapshot of an empty volume, and that is `Completed`, too.
  private static boolean holds(JsonNode upload) {
    return !Said.text(upload, "/status/snapshotID").isEmpty();
  }

  private static boolean usable(JsonNode backup, Instant now) {
    return USABLE.contains(Said.text(backup, "/status/phase"))
        && !backup.path("metadata").hasNonNull("deletionTimestamp")
        && Said.time(backup, "/status/expiration").map(now::isBefore).orElse(true);
  }

  private void schedule(JsonNode schedule, Claims claims, Findings into) {
    JsonNode template = schedule.at("/spec/template");
    if (schedule.at("/spec/paused").asBoolean(false) || !volumes(template)) {
      return;
    }
    Intent intent = new Intent(name(), Said.name("Schedule", schedule));
    for (ClaimFacts claim : claims.covered(template)) {
      if (!"true".equals(claim.metadata().labels().get(EXCLUDED))) {
        into.intent(claim.metadata().objectName(), intent);
      }
    }
  }

  /// Whether it takes volumes at all, or only objects.
  private static boolean volumes(JsonNode template) {
    return template.path("snapshotVolumes").asBoolean(true)
        || template.path("snapshotMoveData").asBoolean(false)
        || template.path("defaultVolumesToFsBackup").asBoolean(false);
  }
}
