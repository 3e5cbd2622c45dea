package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.GroupVersionResource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Stash: `stash.appscode.com/v1beta1` BackupSession and BackupConfiguration; names from
/// stashed/apimachinery, `apis/stash/v1beta1`.
///
/// A session is green also when it was skipped: what counts are the snapshots that a target's hosts
/// name, for the claims whose mounts their paths hold.
final class StashReader implements ToolReader {
  private static final GroupVersionResource SESSIONS =
      new GroupVersionResource("stash.appscode.com", "v1beta1", "backupsessions");
  private static final GroupVersionResource CONFIGURATIONS =
      new GroupVersionResource("stash.appscode.com", "v1beta1", "backupconfigurations");

  @Override
  public String name() {
    return "Stash";
  }

  @Override
  public List<GroupVersionResource> resources() {
    return List.of(SESSIONS, CONFIGURATIONS);
  }

  @Override
  public void read(ToolObjects objects, Findings into) {
    for (JsonNode session : objects.of(SESSIONS)) {
      for (JsonNode target : session.at("/status/targets")) {
        target(session, target, objects.claims(), into);
      }
    }
    for (JsonNode configuration : objects.of(CONFIGURATIONS)) {
      // A VolumeSnapshotter's copies live with their volumes: no more than an intent either.
      if (!configuration.at("/spec/paused").asBoolean(false)) {
        Intent intent = new Intent(name(), Said.name("BackupConfiguration", configuration));
        objects
            .claims()
            .ofTarget(configuration, configuration.at("/spec/target/ref"))
            .forEach(claim -> into.intent(claim, intent));
      }
    }
  }

  private void target(JsonNode session, JsonNode target, Claims claims, Findings into) {
    String object = Said.name("BackupSession", session);
    // When the session began is the earliest that its data can be of.
    Said.time(session, "/metadata/creationTimestamp")
        .ifPresent(at -> {
          if (target.path("phase").asText().equals("Failed")) {
            var failure = new ForeignFailure(name(), object, at, error(target));
            claims
                .ofTarget(session, target.path("ref"))
                .forEach(claim -> into.failure(claim, failure));
          } else if (target.path("phase").asText().equals("Succeeded")) {
            var point = new ForeignPoint(name(), object, at);
            claims
                .ofTarget(session, target.path("ref"), paths(target))
                .forEach(claim -> into.point(claim, point));
          }
        });
  }

  private static Set<String> paths(JsonNode target) {
    return target
        .path("stats")
        .valueStream()
        .filter(host -> host.path("phase").asText().equals("Succeeded"))
        .flatMap(host -> host.path("snapshots").valueStream())
        .filter(snapshot -> !snapshot.path("name").asText().isEmpty())
        .map(snapshot -> snapshot.path("path").asText())
        .filter(path -> path.startsWith("/"))
        .collect(Collectors.toSet());
  }

  private static String error(JsonNode target) {
    return target
        .path("stats")
        .valueStream()
        .map(host -> host.path("error").asText())
        .filter(error -> !error.isEmpty())
        .findFirst()
        .orElse("the session failed");
  }
}
