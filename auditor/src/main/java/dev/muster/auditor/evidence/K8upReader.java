package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.auditor.inventory.ClaimFacts;
import dev.muster.auditor.inventory.Metadata;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.cluster.ObjectName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// K8up: `k8up.io/v1` Snapshot, Backup and Schedule; names from its package `api/v1`.
///
/// A Snapshot mirrors one of restic's, of the paths that it names; claims are mounted below
/// `/data`. A Backup that failed did so for all claims that it means.
final class K8upReader implements ToolReader {
  private static final GroupVersionResource SNAPSHOTS =
      new GroupVersionResource("k8up.io", "v1", "snapshots");
  private static final GroupVersionResource BACKUPS =
      new GroupVersionResource("k8up.io", "v1", "backups");
  private static final GroupVersionResource SCHEDULES =
      new GroupVersionResource("k8up.io", "v1", "schedules");
  private static final String MOUNTS = "/data/";

  private final String annotation;
  private final boolean onlyAnnotated;

  /// @param annotation by which a claim is left out
  /// @param onlyAnnotated whether claims without it are
  K8upReader(String annotation, boolean onlyAnnotated) {
    this.annotation = annotation;
    this.onlyAnnotated = onlyAnnotated;
  }

  @Override
  public String name() {
    return "K8up";
  }

  @Override
  public List<GroupVersionResource> resources() {
    return List.of(SNAPSHOTS, BACKUPS, SCHEDULES);
  }

  @Override
  public Set<GroupVersionResource> many() {
    return Set.of(SNAPSHOTS);
  }

  @Override
  public List<Found> read(GroupVersionResource of, JsonNode snapshot, ToolObjects objects) {
    Optional<Instant> cut = Said.time(snapshot, "/spec/date");
    if (cut.isEmpty()) {
      return List.of();
    }
    String namespace = Said.text(snapshot, "/metadata/namespace");
    var point = new ForeignPoint(name(), Said.name("Snapshot", snapshot), cut.get());
    return Said.texts(snapshot, "/spec/paths").stream()
        .filter(path -> path.startsWith(MOUNTS))
        .flatMap(path -> Said.claim(namespace, path.substring(MOUNTS.length())).stream())
        .<Found>map(claim -> new Found.Point(claim, point))
        .toList();
  }

  @Override
  public void read(ToolObjects objects, Findings into) {
    for (JsonNode backup : objects.of(BACKUPS)) {
      backup(backup, objects.claims(), into);
    }
    for (JsonNode schedule : objects.of(SCHEDULES)) {
      if (!Said.text(schedule, "/spec/backup/schedule").isEmpty()) {
        Intent intent = new Intent(name(), Said.name("Schedule", schedule));
        meant(schedule, schedule.at("/spec/backup"), objects.claims())
            .forEach(claim -> into.intent(claim, intent));
      }
    }
  }

  private void backup(JsonNode backup, Claims claims, Findings into) {
    for (JsonNode condition : backup.at("/status/conditions")) {
      if (failed(condition)) {
        Said.time(condition, "/lastTransitionTime")
            .ifPresent(at -> {
              ForeignFailure failure =
                  new ForeignFailure(
                      name(), Said.name("Backup", backup), at, condition.path("message").asText());
              meant(backup, backup.path("spec"), claims)
                  .forEach(claim -> into.failure(claim, failure));
            });
      }
    }
  }

  /// A Backup whose Pods before it failed never becomes `Completed`.
  private static boolean failed(JsonNode condition) {
    String status = condition.path("status").asText();
    String reason = condition.path("reason").asText();
    return switch (condition.path("type").asText()) {
      case "Completed" -> status.equals("True") && !reason.equals("Succeeded");
      case "PreBackupPodReady" -> status.equals("False");
      case "Ready" -> reason.equals("Failed");
      default -> false;
    };
  }

  /// Every claim of its namespace that its selectors choose and that is not left out.
  private List<ObjectName> meant(JsonNode object, JsonNode spec, Claims claims) {
    return claims.in(Said.text(object, "/metadata/namespace")).stream()
        .map(ClaimFacts::metadata)
        .filter(claim -> LabelSelector.anyOf(spec.path("labelSelectors"), claim.labels()))
        .filter(this::taken)
        .map(Metadata::objectName)
        .toList();
  }

  private boolean taken(Metadata claim) {
    String said = claim.annotations().get(annotation);
    return said == null ? !onlyAnnotated : K8upAnnotation.takes(said);
  }
}
