package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.cluster.ObjectName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// mariadb-operator: `k8s.mariadb.com/v1alpha1` Backup and PhysicalBackup; names from its package
/// `api/v1alpha1`, 0.0.30 and 25.8.
///
/// One that is `Complete` counts for the data of its MariaDB if its storage is an object store: a
/// Backup without a schedule from when it was asked for, a PhysicalBackup from when its last run
/// was scheduled. Of a Backup with a schedule the status does not say which run it is of: an
/// intent.
final class MariaDbReader implements ToolReader {
  private static final String GROUP = "k8s.mariadb.com";
  private static final GroupVersionResource BACKUPS =
      new GroupVersionResource(GROUP, "v1alpha1", "backups");
  private static final GroupVersionResource PHYSICAL =
      new GroupVersionResource(GROUP, "v1alpha1", "physicalbackups");
  private static final String ROLE = "pvc.k8s.mariadb.com/role";

  @Override
  public String name() {
    return "mariadb-operator";
  }

  @Override
  public List<GroupVersionResource> resources() {
    return List.of(BACKUPS, PHYSICAL);
  }

  @Override
  public void read(ToolObjects objects, Findings into) {
    for (JsonNode backup : objects.of(BACKUPS)) {
      boolean once = !backup.at("/spec/schedule").isObject();
      Optional<Instant> asked =
          once ? Said.time(backup, "/metadata/creationTimestamp") : Optional.empty();
      backup("Backup", backup, asked, objects.claims(), into);
    }
    for (JsonNode backup : objects.of(PHYSICAL)) {
      backup(
          "PhysicalBackup",
          backup,
          Said.time(backup, "/status/lastScheduleTime"),
          objects.claims(),
          into);
    }
  }

  /// @param asked when the run that the status is of was asked for, if that is known
  private void backup(
      String kind, JsonNode backup, Optional<Instant> asked, Claims claims, Findings into) {
    String object = Said.name(kind, backup);
    List<ObjectName> data = claims(backup, claims);
    if (!backup.at("/spec/schedule/suspend").asBoolean(false)) {
      into.intent(data, new Intent(name(), object));
    }
    backup
        .at("/status/conditions")
        .valueStream()
        .filter(each -> each.path("type").asText("").equals("Complete"))
        .forEach(complete -> {
          Optional<Instant> at = Said.time(complete, "/lastTransitionTime");
          if (complete.path("status").asText("").equals("True")) {
            asked
                .filter(cut -> outside(backup) && at.isPresent() && !at.get().isBefore(cut))
                .map(cut -> claims.ofAll(data, new ForeignPoint(name(), object, cut)))
                .ifPresent(point -> into.point(data, point));
          } else if (failed(complete)) {
            String detail = complete.path("message").asText("");
            at.ifPresent(
                when -> into.failure(data, new ForeignFailure(name(), object, when, detail)));
          }
        });
  }

  /// Older versions tell a failed CronJob as a scheduled one, but for the message.
  private static boolean failed(JsonNode condition) {
    return condition.path("reason").asText("").endsWith("Failed")
        || condition.path("message").asText("").equals("Failed");
  }

  private static boolean outside(JsonNode backup) {
    JsonNode storage = backup.at("/spec/storage");
    return !backup.path("metadata").hasNonNull("deletionTimestamp")
        && Stream.of("s3", "azureBlob").anyMatch(store -> storage.path(store).isObject());
  }

  /// Galera's own state is on claims of another role.
  private static List<ObjectName> claims(JsonNode backup, Claims claims) {
    String own = Said.text(backup, "/metadata/namespace");
    String said = Said.text(backup, "/spec/mariaDbRef/namespace");
    Map<String, String> labels =
        Map.of(
            "app.kubernetes.io/name",
            "mariadb",
            "app.kubernetes.io/instance",
            Said.text(backup, "/spec/mariaDbRef/name"));
    List<ObjectName> found = new ArrayList<>(claims.labelled(said.isEmpty() ? own : said, labels));
    found.removeAll(
        claims.labelled(said.isEmpty() ? own : said, Said.with(labels, ROLE, "galera")));
    return found;
  }
}
