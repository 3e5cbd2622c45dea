package dev.muster.auditor.evidence;

import static dev.muster.auditor.evidence.EvidenceBed.CACHE;
import static dev.muster.auditor.evidence.EvidenceBed.DATA;
import static dev.muster.auditor.evidence.EvidenceBed.LEDGER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.GroupVersionResource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherToolsTest {
  private final EvidenceBed bed = new EvidenceBed();

  @Test
  void whatMayNotBeReadIsAGapThatNamesIt() {
    resources().stream()
        .filter(resource -> resource.group().equals("velero.io"))
        .forEach(resource -> bed.cluster.plain(resource, List.of()));
    bed.cluster.plainGate(resource -> {
      if (resource.group().equals("velero.io")) {
        throw new ClusterException.Forbidden("list " + resource + ": forbidden");
      }
    });

    assertThat(bed.found().gaps())
        .hasSize(4)
        .allSatisfy(gap -> assertThat(gap).contains("velero.io", "Velero", "grant list"));
  }

  @Test
  void aToolOfAnotherVersionIsAGapAndNotAbsent() {
    bed.cluster.plain(new GroupVersionResource("longhorn.io", "v1", "backups"), List.of());
    bed.cluster.plain(new GroupVersionResource("velero.io", "v1", "backups"), List.of());

    assertThat(bed.found().gaps())
        .singleElement()
        .asString()
        .contains("Longhorn", "longhorn.io/v1,", "longhorn.io/v1beta2");
  }

  @Test
  void toolsThatAreNotThereCostNoCall() {
    List<GroupVersionResource> asked = new ArrayList<>();
    bed.cluster.plainGate(asked::add);

    Findings found = bed.read("longhorn-1.4.yaml");

    assertThat(found.of(DATA).points()).hasSize(1);
    assertThat(asked)
        .extracting(GroupVersionResource::toString)
        .containsExactlyInAnyOrder("backups.longhorn.io", "cronjobs.batch");
  }

  @Test
  void aReaderThatFailsIsAGapAndKeepsNoOtherFromTheirEvidence() {
    List<ToolReader> readers = new ArrayList<>(bed.readers());
    readers.addFirst(new Failing());
    bed.serve(EvidenceBed.documents("longhorn-1.4.yaml"));

    Findings found = bed.found(readers);

    assertThat(found.of(DATA).points()).hasSize(1);
    assertThat(found.gaps())
        .singleElement()
        .asString()
        .contains("Failing", "IllegalStateException")
        .doesNotContain("hunter2");
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
    JsonNode odd = EvidenceBed.JSON.readTree(object);
    resources().forEach(resource -> bed.cluster.plain(resource, List.of(odd)));

    Findings found = bed.found();

    EvidenceBed.claims().forEach(claim -> assertThat(found.of(claim).points()).isEmpty());
    assertThat(found.gaps()).isEmpty();
  }

  @Test
  void theClusterOfTheseTestsHasItsClaims() {
    assertThat(EvidenceBed.claims()).contains(DATA, CACHE, LEDGER).hasSize(14);
  }

  private List<GroupVersionResource> resources() {
    return bed.readers().stream().flatMap(reader -> reader.resources().stream()).toList();
  }

  private static final class Failing implements ToolReader {
    @Override
    public String name() {
      return "Failing";
    }

    @Override
    public List<GroupVersionResource> resources() {
      return List.of();
    }

    @Override
    public void read(ToolObjects objects, Findings into) {
      throw new IllegalStateException("password hunter2");
    }
  }
}
