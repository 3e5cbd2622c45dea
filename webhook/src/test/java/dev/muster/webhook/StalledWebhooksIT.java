package dev.muster.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Webhooks that take a connection and say nothing. The API server asks mutating webhooks one after
/// another, so that their timeouts add up within the deadline of one request.
class StalledWebhooksIT {
  /// What kubectl and client libraries give a request by default, or more.
  private static final String DEADLINE = "30s";

  private final RealApiServer server = RealApiServer.shared();
  private ServerSocket silent = silent();

  private static ServerSocket silent() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void stallFourMore() throws Exception {
    server.bed.kubectl("apply", "-f", server.file("stalled", stalled("mutate", 4)));
    server.bed.kubectl("apply", "-f", server.file("stalled-too", stalled("validate", 4)));
    RealApiServer.until("the API server waits for them", this::waits);
  }

  @AfterEach
  void endThem() throws Exception {
    server.bed.kubectl(
        "delete", "mutatingwebhookconfigurations,validatingwebhookconfigurations", "stalled");
    silent.close();
    silent = silent();
  }

  @Test
  @Covers({"F3", "W1", "W2"})
  void fourThatStallInSeriesHinderNeitherTheRequestNorOurAnswer() throws Exception {
    var answer = server.dryRun("shop", RealApiServer.statefulSet("slow", Map.of()), DEADLINE);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(answer.body()).contains("muster.dev/managed");
  }

  /// Whether a request that may take three seconds is over before four timeouts of two.
  private boolean waits() throws Exception {
    var set = RealApiServer.statefulSet("probe", Map.of());
    return server.dryRun("shop", set, "3s").statusCode() != 201;
  }

  private String stalled(String stage, int times) throws IOException {
    var url = "https://127.0.0.1:%d/%s".formatted(silent.getLocalPort(), stage);
    var urls = Stream.generate(() -> url).limit(times).toList();
    List<String> namespaces = Collections.nCopies(times, "[shop]");
    return WebhookConfigurations.of(stage, "stalled", namespaces, urls, server.caBundle());
  }
}
