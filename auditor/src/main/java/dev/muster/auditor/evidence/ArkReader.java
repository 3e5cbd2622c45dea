package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.auditor.inventory.ClaimFacts;
import dev.muster.auditor.inventory.Metadata;
import dev.muster.cluster.GroupVersionResource;
import java.util.List;

/// Heptio Ark, which became Velero in 2019: `ark.heptio.com/v1` Backup and Schedule; names from
/// Velero's package `pkg/apis/ark/v1`, 0.8 and 0.10.
///
/// A contract that nobody acts on: whatever its objects say, no backup comes of them any more.
final class ArkReader implements ToolReader {
  private static final GroupVersionResource BACKUPS =
      new GroupVersionResource("ark.heptio.com", "v1", "backups");
  private static final GroupVersionResource SCHEDULES =
      new GroupVersionResource("ark.heptio.com", "v1", "schedules");

  @Override
  public String name() {
    return "Ark";
  }

  @Override
  public List<GroupVersionResource> resources() {
    return List.of(BACKUPS, SCHEDULES);
  }

  @Override
  public void read(ToolObjects objects, Findings into) {
    for (JsonNode backup : objects.of(BACKUPS)) {
      stale("Backup", backup, backup.path("spec"), objects.claims(), into);
    }
    for (JsonNode schedule : objects.of(SCHEDULES)) {
      stale("Schedule", schedule, schedule.at("/spec/template"), objects.claims(), into);
    }
  }

  private void stale(
      String kind, JsonNode object, JsonNode template, Claims claims, Findings into) {
    into.intent(
        claims.covered(template).stream()
            .map(ClaimFacts::metadata)
            .map(Metadata::objectName)
            .toList(),
        new Intent(name(), Said.name(kind, object) + ", which nobody acts on since Velero"));
  }
}
