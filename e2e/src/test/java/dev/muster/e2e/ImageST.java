package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the image brings beside our code.
@SystemTest
@Part.NeedsAuditors
@Part.NeedsDrills
final class ImageST {

  private final Node node;

  ImageST(Node node) {
    this.node = node;
  }

  /// Java leaves an archive aside, without a word, when a jar's time, size or place differ.
  @ParameterizedTest
  @ValueSource(strings = {"webhook", "auditor", "drill"})
  void serversStartFromTheClassArchive(String component) {
    node.kubectl().ok("rollout", "status", "deployment/muster-" + component, "-n", "muster");

    List<JsonNode> running =
        node.kubectl().list("pods", "muster", "app.kubernetes.io/component=" + component).stream()
            .filter(pod -> pod.at("/metadata/deletionTimestamp").isMissingNode())
            .toList();

    assertThat(running)
        .isNotEmpty()
        .allSatisfy(pod -> assertThat(Processes.maps(pod, component, "classes.jsa")).isTrue());
  }
}
