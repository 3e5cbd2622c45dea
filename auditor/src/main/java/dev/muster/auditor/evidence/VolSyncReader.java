package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.cluster.ObjectName;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// VolSync: `volsync.backube/v1alpha1` ReplicationSource; names from its package `api/v1alpha1`.
///
/// Its restic and kopia movers keep history in a repository; rsync, rclone and syncthing keep a
/// copy of now, which loses what the source loses: an intent at most.
final class VolSyncReader implements ToolReader {
  private static final GroupVersionResource SOURCES =
      new GroupVersionResource("volsync.backube", "v1alpha1", "replicationsources");

  @Override
  public String name() {
    return "VolSync";
  }

  @Override
  public List<GroupVersionResource> resources() {
    return List.of(SOURCES);
  }

  @Override
  public void read(ToolObjects objects, Findings into) {
    for (JsonNode source : objects.of(SOURCES)) {
      Said.claim(Said.text(source, "/metadata/namespace"), Said.text(source, "/spec/sourcePVC"))
          .ifPresent(claim -> source(source, claim, into));
    }
  }

  private void source(JsonNode source, ObjectName claim, Findings into) {
    String object = Said.name("ReplicationSource", source);
    if (!source.at("/spec/paused").asBoolean(false)) {
      into.intent(claim, new Intent(name(), object));
    }
    boolean history =
        Stream.of("restic", "kopia").anyMatch(mover -> source.path("spec").path(mover).isObject());
    if (!history) {
      return;
    }
    Said.time(source, "/status/lastSyncTime")
        .map(end -> end.minus(length(Said.text(source, "/status/lastSyncDuration"))))
        .ifPresent(cut -> into.point(claim, new ForeignPoint(name(), object, cut)));
    if (Said.text(source, "/status/latestMoverStatus/result").equals("Failed")) {
      Said.time(source, "/status/lastSyncStartTime")
          .ifPresent(at ->
              into.failure(
                  claim, new ForeignFailure(name(), object, at, "its latest mover has failed")));
    }
  }

  /// Go's `1m2.5s` is ISO's without its first two letters; below a second nothing is lost.
  private static Duration length(String text) {
    try {
      return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }
}
