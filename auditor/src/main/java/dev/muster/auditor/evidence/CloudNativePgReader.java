package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.cluster.ObjectName;
import java.util.List;
import java.util.Map;

/// CloudNativePG: `postgresql.cnpg.io/v1` Backup and ScheduledBackup; names from its package
/// `api/v1`.
///
/// A base backup in an object store recovers to its end at least, for every claim of its Cluster;
/// what the archive of WAL adds is not counted. One of the method `volumeSnapshot` lives with the
/// volumes.
final class CloudNativePgReader implements ToolReader {
  private static final String GROUP = "postgresql.cnpg.io";
  private static final GroupVersionResource BACKUPS =
      new GroupVersionResource(GROUP, "v1", "backups");
  private static final GroupVersionResource SCHEDULES =
      new GroupVersionResource(GROUP, "v1", "scheduledbackups");
  private static final String CLUSTER = "cnpg.io/cluster";

  @Override
  public String name() {
    return "CloudNativePG";
  }

  @Override
  public List<GroupVersionResource> resources() {
    return List.of(BACKUPS, SCHEDULES);
  }

  @Override
  public void read(ToolObjects objects, Findings into) {
    for (JsonNode schedule : objects.of(SCHEDULES)) {
      if (!schedule.at("/spec/suspend").asBoolean(false)) {
        intent("ScheduledBackup", schedule, objects.claims(), into);
      }
    }
    for (JsonNode backup : objects.of(BACKUPS)) {
      backup(backup, objects.claims(), into);
    }
  }

  private void backup(JsonNode backup, Claims claims, Findings into) {
    String object = Said.name("Backup", backup);
    switch (Said.text(backup, "/status/phase")) {
      case "completed" -> {
        String method = Said.text(backup, "/status/method");
        if (method.equals("volumeSnapshot")) {
          intent("Backup", backup, claims, into);
        } else {
          List<ObjectName> data = of(backup, claims);
          Said.time(backup, "/status/stoppedAt")
              .map(cut -> claims.ofAll(data, new ForeignPoint(name(), object, cut)))
              .ifPresent(point -> into.point(data, point));
        }
      }
      case "failed", "walArchivingFailing" ->
          Said.time(backup, "/status/stoppedAt")
              .or(() -> Said.time(backup, "/metadata/creationTimestamp"))
              .map(at -> new ForeignFailure(name(), object, at, Said.text(backup, "/status/error")))
              .ifPresent(failure -> into.failure(of(backup, claims), failure));
      default -> {
        // Not yet.
      }
    }
  }

  private void intent(String kind, JsonNode object, Claims claims, Findings into) {
    into.intent(of(object, claims), new Intent(name(), Said.name(kind, object)));
  }

  /// The claims of its Cluster, which the operator labels.
  private static List<ObjectName> of(JsonNode object, Claims claims) {
    return claims.labelled(
        Said.text(object, "/metadata/namespace"),
        Map.of(CLUSTER, Said.text(object, "/spec/cluster/name")));
  }
}
