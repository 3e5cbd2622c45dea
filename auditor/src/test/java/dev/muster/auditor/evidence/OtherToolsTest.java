package dev.muster.auditor.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.inventory.Kind;
import dev.muster.auditor.inventory.ObjectReader;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.cluster.ObjectName;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherToolsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-04T00:00:00Z"));
  private static final ObjectName DATA = ObjectName.in("shop", "data-db-0");
  private static final ObjectName CACHE = ObjectName.in("shop", "data-cache-0");
  private static final ObjectName DOCS = ObjectName.in("shop", "docs-files-0");

  private static final ObjectName LEDGER = ObjectName.in("bank", "ledger");
  private static final String SET =
      """
      {"metadata": {"namespace": "shop", "name": "db"}, "spec": {
        "template": {"spec": {"containers": [{"name": "main", "volumeMounts": [
          {"name": "data", "mountPath": "/var/lib/postgresql/data"}]}]}},
        "volumeClaimTemplates": [{"metadata": {"name": "data"}}]}}
      """;

  private final FakeCluster cluster = new FakeCluster(CLOCK);
  private final List<PersistentVolumeClaim> claims =
      List.of(
          claim("shop", "data-db-0", "uid-data"),
          claim("shop", "data-cache-0", "uid-cache"),
          claim("shop", "docs-files-0", "uid-docs"),
          claim("bank", "ledger", "uid-ledger"));
  private final List<Pod> pods = List.of(pod("files-0", "pod-files", "docs", "docs-files-0"));

  @Test
  void veleroUploadsOfEachVolumeCountAndItsBackupAloneDoesNot() throws Exception {
    Findings found = read("velero-1.11.yaml");

    assertThat(found.points(DATA))
        .containsExactly(
            new ForeignPoint(
                "Velero", "PodVolumeBackup/nightly-1-a", Instant.parse("2026-11-01T01:01:00Z")));
    assertThat(found.points(CACHE)).isEmpty();
    assertThat(found.lastFailure(CACHE).orElseThrow().detail()).contains("locked");
    assertThat(found.intents(DATA)).containsExactly(new Intent("Velero", "Schedule/nightly"));
    assertThat(found.intents(LEDGER)).isEmpty();
  }

  @Test
  void veleroUploadsThatNoBackupHoldsAnyMoreAreNoPoints() throws Exception {
    Findings found = read("velero-1.18.yaml");

    assertThat(found.points(DATA))
        .extracting(ForeignPoint::object)
        .containsExactly("DataUpload/moved-1");
    assertThat(found.points(CACHE)).isEmpty();
    assertThat(found.points(DOCS))
        .extracting(ForeignPoint::object)
        .containsExactly("PodVolumeBackup/by-pod");
  }

  @Test
  void k8upSnapshotsCountForTheClaimsWhosePathsTheyHold() throws Exception {
    Findings found = read("k8up-2.5.yaml");

    assertThat(found.points(DATA))
        .containsExactly(
            new ForeignPoint("K8up", "Snapshot/162e7a85", Instant.parse("2026-11-01T02:00:00Z")));
    assertThat(found.intents(CACHE)).containsExactly(new Intent("K8up", "Schedule/nightly"));
    assertThat(found.intents(LEDGER)).isEmpty();
  }

  @Test
  void k8upFailuresAreToldUntilALaterPoint() throws Exception {
    Findings found = read("k8up-2.12.yaml");

    assertThat(found.points(DATA))
        .extracting(ForeignPoint::cut)
        .containsExactly(Instant.parse("2026-11-02T01:00:00Z"));
    assertThat(found.lastFailure(DATA).orElseThrow())
        .isEqualTo(
            new ForeignFailure(
                "K8up",
                "Backup/nightly-7",
                Instant.parse("2026-11-03T02:10:00Z"),
                "the job failed"));
  }

  @Test
  void volsyncMoversWithHistoryCountFromTheStartOfTheirSync() throws Exception {
    Findings found = read("volsync-0.8.yaml");

    assertThat(found.points(DATA))
        .containsExactly(
            new ForeignPoint(
                "VolSync", "ReplicationSource/db", Instant.parse("2026-11-03T00:59:59.500Z")));
    assertThat(found.points(CACHE)).as("a copy of now").isEmpty();
    assertThat(found.intents(CACHE)).hasSize(1);
  }

  @Test
  void aVolsyncMoverThatFailedIsToldWithoutItsLog() throws Exception {
    Findings found = read("volsync-0.13.yaml");

    assertThat(found.points(DATA)).hasSize(1);
    assertThat(found.intents(DATA)).isEmpty();
    assertThat(found.lastFailure(DATA).orElseThrow().detail())
        .isNotEmpty()
        .doesNotContain("hunter2");
  }

  @Test
  void longhornBackupsCountFromTheirSnapshotOnceCompleted() throws Exception {
    assertThat(read("longhorn-1.4.yaml").points(DATA))
        .containsExactly(
            new ForeignPoint("Longhorn", "Backup/backup-1", Instant.parse("2026-11-01T03:00:00Z")));

    Findings failing = read("longhorn-1.9.yaml");
    assertThat(failing.points(DATA)).isEmpty();
    assertThat(failing.lastFailure(DATA).orElseThrow().detail()).contains("target");
  }

  @Test
  void cloudNativePgBackupsCountForTheClaimsOfTheirCluster() throws Exception {
    Findings stored = read("cloudnativepg-1.20.yaml");
    Findings snapped = read("cloudnativepg-1.27.yaml");

    assertThat(stored.points(LEDGER))
        .containsExactly(
            new ForeignPoint(
                "CloudNativePG", "Backup/daily-1", Instant.parse("2026-11-03T04:02:00Z")));
    assertThat(stored.intents(LEDGER)).hasSize(1);
    assertThat(snapped.points(LEDGER)).as("it lives with its volume").isEmpty();
    assertThat(snapped.lastFailure(LEDGER).orElseThrow().object()).isEqualTo("Backup/plugin");
  }

  @Test
  void stashSessionsCountForMountsOfWhichTheyNameASnapshot() throws Exception {
    Findings old = read("stash-0.11.yaml");

    assertThat(old.points(DATA))
        .containsExactly(
            new ForeignPoint("Stash", "BackupSession/db-1", Instant.parse("2026-11-01T02:00:00Z")));
    assertThat(old.intents(DATA)).containsExactly(new Intent("Stash", "BackupConfiguration/db"));
    assertThat(old.lastFailure(CACHE).orElseThrow().detail()).contains("locked");
    assertThat(old.points(DOCS)).as("green, and nothing made").isEmpty();

    Findings now = read("stash-0.35.yaml");
    assertThat(now.points(LEDGER)).hasSize(1);
    assertThat(now.intents(LEDGER)).isEmpty();
    assertThat(now.points(DATA)).as("a part of the mount").isEmpty();
  }

  @Test
  void kubeStashSnapshotsCountIfTheyAreIntactAndLeaveTheirVolume() throws Exception {
    Findings old = read("kubestash-0.6.yaml");

    assertThat(old.points(DATA))
        .containsExactly(
            new ForeignPoint("KubeStash", "Snapshot/db-1", Instant.parse("2026-11-01T02:00:30Z")));
    assertThat(old.intents(DATA)).hasSize(1);
    assertThat(old.lastFailure(CACHE).orElseThrow())
        .isEqualTo(
            new ForeignFailure(
                "KubeStash",
                "Snapshot/cache-1",
                Instant.parse("2026-11-02T02:05:00Z"),
                "access denied"));
    assertThat(old.points(DOCS)).as("it lives with its volume").isEmpty();

    Findings now = read("kubestash-0.20.yaml");
    assertThat(now.points(LEDGER)).hasSize(1);
    assertThat(now.intents(LEDGER)).isEmpty();
    assertThat(now.points(DATA)).isEmpty();
    assertThat(now.lastFailure(DATA)).isPresent();
  }

  @Test
  void whatMayNotBeReadIsAGapThatNamesIt() throws Exception {
    cluster.plainGate(resource -> {
      if (resource.group().equals("velero.io")) {
        throw new ClusterException.Forbidden("list " + resource + ": forbidden");
      }
    });

    assertThat(found().gaps())
        .hasSize(4)
        .allSatisfy(gap -> assertThat(gap).contains("velero.io", "Velero", "grant list"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"metadata\":null,\"spec\":[],\"status\":7}",
        "{\"metadata\":{\"labels\":\"x\"},\"spec\":{\"paths\":\"/data/x\",\"date\":\"yesterday\"}}",
        "{\"spec\":{\"source\":{\"persistentVolumeClaimName\":\"x\"}},\"status\":{\"phase\":\"Completed\"}}",
        "{\"status\":{\"conditions\":{\"type\":\"Completed\"}}}",
        "[]",
        "null"
      })
  void objectsOfAnyOtherShapeAreNoEvidence(String object) throws Exception {
    JsonNode odd = JSON.readTree(object);
    for (ToolReader reader : OtherTools.READERS) {
      for (GroupVersionResource resource : reader.resources()) {
        cluster.plain(resource, List.of(odd));
      }
    }

    Findings found = found();

    claims.forEach(claim -> assertThat(found.points(ObjectName.of(claim))).isEmpty());
    assertThat(found.gaps()).isEmpty();
  }

  private Findings read(String file) throws IOException {
    Map<GroupVersionResource, List<JsonNode>> objects = new HashMap<>();
    OtherTools.READERS.forEach(each -> each.resources().forEach(of -> objects.put(of, List.of())));
    try (InputStream golden = OtherToolsTest.class.getResourceAsStream("/evidence/" + file)) {
      JsonNode documents = JSON.valueToTree(Serialization.unmarshal(golden, List.class));
      for (JsonNode each : documents) {
        List<JsonNode> all = new ArrayList<>(objects.getOrDefault(resource(each), List.of()));
        all.add(each);
        objects.put(resource(each), all);
      }
    }
    objects.forEach(cluster::plain);
    return found();
  }

  private static GroupVersionResource resource(JsonNode object) {
    String[] version = object.path("apiVersion").asText().split("/", 2);
    return new GroupVersionResource(
        version[0],
        version[1],
        object.path("kind").asText().toLowerCase(java.util.Locale.ROOT) + "s");
  }

  private Findings found() throws IOException {
    Inventory inventory = new Inventory();
    ObjectReader reader = new ObjectReader();
    claims.forEach(claim -> inventory.put(reader.read(Kind.CLAIM, JSON.valueToTree(claim))));
    pods.forEach(pod -> inventory.put(reader.read(Kind.POD, JSON.valueToTree(pod))));
    inventory.put(reader.read(Kind.VOLUME, JSON.valueToTree(volume())));
    inventory.put(reader.read(Kind.STATEFUL_SET, JSON.readTree(SET)));
    return new OtherTools(cluster, CLOCK).of(inventory);
  }

  private static PersistentVolume volume() {
    return new PersistentVolumeBuilder()
        .withNewMetadata()
        .withName("pvc-uid-data")
        .endMetadata()
        .withNewSpec()
        .withNewCsi()
        .withDriver("driver.longhorn.io")
        .withVolumeHandle("pvc-uid-data")
        .endCsi()
        .withNewClaimRef()
        .withNamespace("shop")
        .withName("data-db-0")
        .endClaimRef()
        .endSpec()
        .build();
  }

  private static PersistentVolumeClaim claim(String namespace, String name, String uid) {
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .withUid(uid)
        .addToLabels("cnpg.io/cluster", name)
        .endMetadata()
        .build();
  }

  private static Pod pod(String name, String uid, String volume, String claim) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName(name)
        .withUid(uid)
        .endMetadata()
        .withNewSpec()
        .addNewVolume()
        .withName(volume)
        .withNewPersistentVolumeClaim(claim, false)
        .endVolume()
        .endSpec()
        .build();
  }
}
