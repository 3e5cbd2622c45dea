package dev.muster.auditor.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.policies.ContainerShape;
import dev.muster.policies.ContainerShape.Mount;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectReaderTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectReader reader = new ObjectReader();

  @Test
  void wordsOfAnyLengthAreRead() throws Exception {
    String words = "x".repeat(10 << 20);
    String object =
        "{\"metadata\": {\"name\": \"data\", \"annotations\": {\"a\": \"%s\"}}, \"spec\": {}}"
            .formatted(words);

    try (JsonParser at = JSON.createParser(object)) {
      at.nextToken();
      assertThat(reader.read(Kind.CLAIM, at).metadata().annotations().get("a")).isEqualTo(words);
    }
  }

  @Test
  void aStatefulSetIsItsContractItsContainersAndItsClaims() throws Exception {
    var set =
        (WorkloadFacts)
            read(
                Kind.STATEFUL_SET,
                """
                {"status": {"replicas": 9}, "metadata": {"namespace": "shop", "name": "db",
                  "uid": "u", "creationTimestamp": "2026-11-30T04:05:06Z",
                  "annotations": {"muster.dev/protect": "true",
                    "kubectl.kubernetes.io/last-applied-configuration": "{}"},
                  "ownerReferences": [{"kind": "Other", "name": "x"},
                    {"apiVersion": "a/v1", "kind": "Cluster", "name": "c", "controller": true}]},
                 "spec": {"replicas": 2, "template": {
                   "metadata": {"annotations": {"a": "b"}},
                   "spec": {"containers": [{"name": "main", "image": "postgres:16",
                       "env": [{"name": "TZ", "value": "UTC"}], "ports": [{"containerPort": 5432}],
                       "volumeMounts": [{"name": "data", "mountPath": "/data"}]}],
                     "volumes": [{"name": "tmp", "emptyDir": {}},
                       {"name": "old", "persistentVolumeClaim": {"claimName": "old-data"}}]}},
                  "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": {
                    "storageClassName": "fast", "resources": {"requests": {"storage": "1Gi"}}}}]}}
                """);

    assertThat(set.metadata().annotations()).isEqualTo(Map.of("muster.dev/protect", "true"));
    assertThat(set.metadata().controller())
        .isEqualTo(new Metadata.Controller("a/v1", "Cluster", "c"));
    assertThat(set.metadata().created()).isEqualTo(Instant.parse("2026-11-30T04:05:06Z"));
    assertThat(set.replicas()).isEqualTo(2);
    assertThat(set.template().containers())
        .containsExactly(
            new ContainerShape(
                "main",
                "postgres:16",
                List.of(5432),
                List.of("TZ"),
                List.of(new Mount("data", "/data"))));
    assertThat(set.template().volumes())
        .containsExactly(
            new PodShape.Volume("tmp", "emptyDir", "", "", false, false),
            new PodShape.Volume("old", "persistentVolumeClaim", "old-data", "", false, false));
    assertThat(set.claimTemplates())
        .singleElement()
        .satisfies(claim -> {
          assertThat(claim.metadata().name()).isEqualTo("data");
          assertThat(claim.storageClass()).isEqualTo("fast");
          assertThat(claim.size()).isEqualTo("1Gi");
        });
  }

  @Test
  void aVolumeTellsWhoseItIsByDriverAndByClaim() throws Exception {
    var volume =
        (VolumeFacts)
            read(
                Kind.VOLUME,
                """
                {"metadata": {"name": "pv"}, "spec": {"persistentVolumeReclaimPolicy": "Retain",
                  "csi": {"driver": "d", "volumeHandle": "h"},
                  "claimRef": {"namespace": "shop", "name": "data"}}, "status": {"phase": "Released"}}
                """);

    assertThat(volume.phase()).isEqualTo("Released");
    assertThat(volume.reclaimPolicy()).isEqualTo("Retain");
    assertThat(
            List.of(volume.driver(), volume.handle(), volume.claimNamespace(), volume.claimName()))
        .containsExactly("d", "h", "shop", "data");
  }

  @Test
  void aPodOfAControllerShowsOnlyItsClaims() throws Exception {
    String spec =
        """
        "spec": {"containers": [{"name": "c"}], "volumes": [{"name": "v", "hostPath": {}},
          {"name": "d", "persistentVolumeClaim": {"claimName": "data"}}]}}
        """;
    var alone = (PodFacts) read(Kind.POD, "{\"metadata\": {\"name\": \"a\"}," + spec);
    var owned =
        (PodFacts)
            read(
                Kind.POD,
                "{\"metadata\": {\"ownerReferences\": [{\"controller\": true, \"kind\": \"Job\"}]},"
                    + spec);

    assertThat(alone.shape().containers()).hasSize(1);
    assertThat(owned.shape().containers()).isEmpty();
    assertThat(alone.shape().volumes()).hasSize(2);
    assertThat(owned.shape().volumes())
        .containsExactly(
            new PodShape.Volume("d", "persistentVolumeClaim", "data", "", false, false));
  }

  @Test
  void whatIsAbsentOrNullIsEmpty() throws Exception {
    for (Kind kind : Kind.values()) {
      assertThat(read(kind, "{}").metadata().name()).isEmpty();
      assertThat(read(kind, "{\"metadata\": null, \"spec\": null, \"status\": null}")).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"spec\": {\"replicas\": \"two\"}} | /spec/replicas: a whole number is expected",
        "{\"spec\": {\"replicas\": 99999999999}} | /spec/replicas: a whole number is expected",
        "{\"metadata\": {\"annotations\": {\"a\": true}}} | /metadata/annotations/a: a text is",
        "{\"spec\": {\"volumeClaimTemplates\": {}}} | /spec/volumeClaimTemplates: a list is",
        "{\"spec\": {\"template\": [1]}} | /spec/template: an object is expected",
        "[] | : an object is expected",
      })
  void anotherShapeIsAnErrorThatNamesThePlace(String object, String said) {
    assertThatThrownBy(() -> read(Kind.STATEFUL_SET, object))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }

  @ParameterizedTest
  @CsvSource({"2026-02-31T00:00:00Z", "2026-11-30 04:05:06Z0", "yesterday-at-noon-ZZZ", "''"})
  void aTimeThatIsNoneIsAbsent(String text) {
    assertThat(Timestamp.of(text)).isNull();
  }

  private Facts read(Kind kind, String json) throws JsonProcessingException {
    return reader.read(kind, JSON.readTree(json));
  }
}
