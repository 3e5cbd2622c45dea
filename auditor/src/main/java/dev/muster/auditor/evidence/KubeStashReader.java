package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.GroupVersionResource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// KubeStash: `storage.kubestash.com/v1alpha1` Snapshot and `core.kubestash.com/v1alpha1`
/// BackupConfiguration; names from kubestash/apimachinery, `apis/storage` and `apis/core`.
///
/// A Snapshot counts for the claims whose mounts its uploaded paths hold. What its driver
/// `VolumeSnapshotter` made lives with the volume.
final class KubeStashReader implements ToolReader {
  private static final GroupVersionResource SNAPSHOTS =
      new GroupVersionResource("storage.kubestash.com", "v1alpha1", "snapshots");
  private static final GroupVersionResource CONFIGURATIONS =
      new GroupVersionResource("core.kubestash.com", "v1alpha1", "backupconfigurations");

  @Override
  public String name() {
    return "KubeStash";
  }

  @Override
  public List<GroupVersionResource> resources() {
    return List.of(SNAPSHOTS, CONFIGURATIONS);
  }

  @Override
  public void read(ToolObjects objects, Findings into) {
    for (JsonNode snapshot : objects.of(SNAPSHOTS)) {
      snapshot(snapshot, objects.claims(), into);
    }
    for (JsonNode configuration : objects.of(CONFIGURATIONS)) {
      if (!configuration.at("/spec/paused").asBoolean(false)) {
        Intent intent = new Intent(name(), Said.name("BackupConfiguration", configuration));
        objects
            .claims()
            .ofTarget(configuration, configuration.at("/spec/target"))
            .forEach(claim -> into.intent(claim, intent));
      }
    }
  }

  private void snapshot(JsonNode snapshot, Claims claims, Findings into) {
    String object = Said.name("Snapshot", snapshot);
    Optional<Instant> taken = Said.time(snapshot, "/status/snapshotTime");
    boolean spoilt =
        Said.text(snapshot, "/status/integrity").equals("false")
            || Said.text(snapshot, "/status/verificationStatus").equals("VerificationFailed");
    if (Said.text(snapshot, "/status/phase").equals("Succeeded") && !spoilt) {
      taken.ifPresent(cut ->
          claims
              .ofTarget(snapshot, snapshot.at("/spec/appRef"), paths(snapshot))
              .forEach(claim -> into.point(claim, new ForeignPoint(name(), object, cut))));
    } else if (spoilt || Said.text(snapshot, "/status/phase").equals("Failed")) {
      Said.time(snapshot, "/status/lastUpdateTime")
          .or(() -> taken)
          .ifPresent(at ->
              claims
                  .ofTarget(snapshot, snapshot.at("/spec/appRef"))
                  .forEach(claim ->
                      into.failure(
                          claim, new ForeignFailure(name(), object, at, detail(snapshot)))));
    }
  }

  /// What was uploaded, outside of the cluster.
  private static Set<String> paths(JsonNode snapshot) {
    return snapshot
        .at("/status/components")
        .valueStream()
        .filter(each -> each.path("phase").asText().equals("Succeeded"))
        .flatMap(each -> each.path("resticStats").valueStream())
        .map(each -> each.path("hostPath").asText())
        .filter(path -> path.startsWith("/"))
        .collect(Collectors.toSet());
  }

  private static String detail(JsonNode snapshot) {
    return snapshot
        .at("/status/components")
        .valueStream()
        .map(each -> each.path("error").asText())
        .filter(error -> !error.isEmpty())
        .findFirst()
        .orElse("the snapshot failed, or is not intact");
  }
}
