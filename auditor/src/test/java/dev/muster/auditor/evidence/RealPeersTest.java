package dev.muster.auditor.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.inventory.Kind;
import dev.muster.auditor.inventory.ObjectReader;
import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.cluster.ObjectName;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What Velero and K8up themselves left in an API server, as `make peers KEEP=--keep` writes it.
class RealPeersTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void veleroUploadsCountWhereTheirBackupStandsForThem() throws Exception {
    Findings found = read("velero-1.18-real.yaml");

    assertThat(found.of(data("paid")).points())
        .singleElement()
        .satisfies(point -> assertThat(point.object()).startsWith("PodVolumeBackup/nightly-"));
    assertThat(found.of(data("expired")).points())
        .as("its Backup is listed, and expired")
        .isEmpty();
    assertThat(found.of(data("gone")).points()).as("its Backup is gone").isEmpty();
  }

  @Test
  void veleroBackupsWhoseNameIsLongerThanALabelCount() throws Exception {
    assertThat(read("velero-1.18-real.yaml").of(data("long")).points()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"objects", "stopped", "unserved"})
  void veleroBackupsThatSkippedAVolumeSayNothingOfIt(String namespace) throws Exception {
    Findings found = read("velero-1.18-real.yaml");

    assertThat(found.of(data(namespace)).points()).isEmpty();
    assertThat(found.of(data(namespace)).lastFailure()).isEmpty();
    assertThat(found.of(data(namespace)).intents()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lost", "slow", "stuck"})
  void veleroUploadsThatFailedAreToldWhateverTheyLack(String namespace) throws Exception {
    Findings found = read("velero-1.18-real.yaml");

    assertThat(found.of(data(namespace)).points()).isEmpty();
    assertThat(found.of(data(namespace)).lastFailure())
        .hasValueSatisfying(failure -> assertThat(failure.object()).startsWith("PodVolumeBackup/"));
  }

  @Test
  void veleroSchedulesMeanClaimsUnlessTheyArePaused() throws Exception {
    Findings found = read("velero-1.18-real.yaml");

    assertThat(found.of(data("meant")).intents())
        .containsExactly(new Intent("Velero", "Schedule/meant"));
    assertThat(found.of(data("paused")).intents()).isEmpty();
    assertThat(found.of(data("long")).intents()).as("paused after its first run").isEmpty();
  }

  @Test
  void k8upSnapshotsCountForTheClaimsThatItTook() throws Exception {
    Findings found = read("k8up-2.12-real.yaml");

    assertThat(found.of(ObjectName.in("bank", "ledger")).points())
        .singleElement()
        .satisfies(point -> assertThat(point.object()).matches("Snapshot/[0-9a-f]{8}"));
    assertThat(found.of(ObjectName.in("bank", "scratch")).points()).isEmpty();
    assertThat(found.of(ObjectName.in("bank", "cache")).points()).isEmpty();
  }

  @Test
  void aK8upBackupThatFailedLaterIsToldOfTheClaimsThatItMeant() throws Exception {
    Findings found = read("k8up-2.12-real.yaml");

    assertThat(found.of(ObjectName.in("bank", "ledger")).lastFailure())
        .hasValueSatisfying(failure -> assertThat(failure.object()).isEqualTo("Backup/second"));
    assertThat(found.of(ObjectName.in("bank", "scratch")).lastFailure()).as("false").isEmpty();
    assertThat(found.of(ObjectName.in("bank", "cache")).lastFailure()).as("no").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"locked", "unready"})
  void k8upBackupsThatFailedAreToldAlsoBeforeAnyJob(String namespace) throws Exception {
    Findings found = read("k8up-2.12-real.yaml");

    assertThat(found.of(data(namespace)).points()).isEmpty();
    assertThat(found.of(data(namespace)).lastFailure())
        .hasValueSatisfying(failure -> assertThat(failure.object()).isEqualTo("Backup/first"));
  }

  @Test
  void k8upSchedulesMeanTheClaimsThatTheySelect() throws Exception {
    Findings found = read("k8up-2.12-real.yaml");

    Intent nightly = new Intent("K8up", "Schedule/nightly");
    assertThat(found.of(data("later")).intents()).containsExactly(nightly);
    assertThat(found.of(ObjectName.in("later", "scratch")).intents()).isEmpty();
    assertThat(found.of(ObjectName.in("picked", "gold")).intents()).containsExactly(nightly);
    assertThat(found.of(ObjectName.in("picked", "tin")).intents()).isEmpty();
  }

  private static ObjectName data(String namespace) {
    return ObjectName.in(namespace, "data");
  }

  private static Findings read(String file) throws IOException {
    List<JsonNode> objects = objects(file);
    InstantSource clock = InstantSource.fixed(after(objects));
    Map<GroupVersionResource, List<JsonNode>> others = new HashMap<>();
    Inventory inventory = new Inventory();
    ObjectReader reader = new ObjectReader();
    for (JsonNode each : objects) {
      switch (each.path("kind").asText()) {
        case "PersistentVolumeClaim" -> inventory.put(reader.read(Kind.CLAIM, each));
        case "Pod" -> inventory.put(reader.read(Kind.POD, each));
        default -> others.computeIfAbsent(resource(each), added -> new ArrayList<>()).add(each);
      }
    }
    FakeCluster cluster = new FakeCluster(clock);
    others.forEach(cluster::plain);
    return new OtherTools(cluster, EvidenceBed.NAMES, clock).of(inventory);
  }

  private static List<JsonNode> objects(String file) throws IOException {
    try (InputStream golden = RealPeersTest.class.getResourceAsStream("/evidence/" + file)) {
      List<JsonNode> objects = new ArrayList<>();
      for (String document : new String(golden.readAllBytes(), UTF_8).split("\n---\n")) {
        objects.add(JSON.valueToTree(Serialization.unmarshal(document, Map.class)));
      }
      return objects;
    }
  }

  /// A minute after the last of them was made.
  private static Instant after(List<JsonNode> objects) {
    return objects.stream()
        .map(each -> Instant.parse(each.at("/metadata/creationTimestamp").asText()))
        .max(Instant::compareTo)
        .orElseThrow()
        .plus(Duration.ofMinutes(1));
  }

  private static GroupVersionResource resource(JsonNode object) {
    String[] version = object.path("apiVersion").asText().split("/", 2);
    return new GroupVersionResource(
        version[0], version[1], object.path("kind").asText().toLowerCase(Locale.ROOT) + "s");
  }
}
