package dev.muster.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the image brings beside our code.
@SystemTest
final class ImageST {

  private final Node node;

  ImageST(Node node) {
    this.node = node;
  }

  /// Java leaves an archive aside, without a word, when a jar's time, size or place differ. Other
  /// tests end and start these servers.
  @ParameterizedTest
  @ValueSource(strings = {"webhook", "auditor", "drill"})
  void serversStartFromTheClassArchive(String component) {
    await("a running " + component)
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> node.podsOf(component),
            pods -> pods.stream().anyMatch(pod -> startedFromArchive(pod, component)));
  }

  private static boolean startedFromArchive(JsonNode pod, String component) {
    return pod.at("/status/phase").asText().equals("Running")
        && Processes.maps(
            pod, component, component.equals("webhook") ? "webhook.jsa" : "classes.jsa");
  }
}
