package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.cluster.ObjectName;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// VolSync: `volsync.backube/v1alpha1` ReplicationSource; names from its package `api/v1alpha1`.
///
/// Its restic and kopia movers keep history in a repository; rsync, rclone and syncthing keep a
/// copy of now, which loses what the source loses: an intent at most.
final class VolSyncReader implements ToolReader {
  private static final GroupVersionResource SOURCES =
      new GroupVersionResource("volsync.backube", "v1alpha1", "replicationsources");
  private static final Pattern BELOW_A_SECOND = Pattern.compile("[0-9.]+(?:ms|[uµ]s|ns)");

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
        .flatMap(end -> length(source).map(end::minus))
        .ifPresent(cut -> into.point(claim, new ForeignPoint(name(), object, cut)));
    if (Said.text(source, "/status/latestMoverStatus/result").equals("Failed")) {
      Said.time(source, "/status/lastSyncStartTime")
          .ifPresent(at ->
              into.failure(
                  claim, new ForeignFailure(name(), object, at, "its latest mover has failed")));
    }
  }

  /// Go's `1m2.5s` is ISO's without its first two letters; below a second, as in `450ms`, nothing
  /// is lost. Without it nobody knows of when the data is.
  private static Optional<Duration> length(JsonNode source) {
    String text = Said.text(source, "/status/lastSyncDuration");
    if (BELOW_A_SECOND.matcher(text).matches()) {
      return Optional.of(Duration.ZERO);
    }
    try {
      return Optional.of(Duration.parse("PT" + text.toUpperCase(Locale.ROOT)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
