package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HealthServerIT {
  @Test
  void readinessNamesWhatIsMissingAndFollowsIt() throws Exception {
    var loaded = new AtomicBoolean();
    var health =
        new Health()
            .readiness("policy", () -> loaded.get() ? Optional.empty() : Optional.of("not loaded"));
    try (var server = HealthServer.start(0, health, Metrics.ofProcess())) {
      var before = get(server, "/readyz");
      loaded.set(true);
      var after = get(server, "/readyz");
      health.drain();
      var draining = get(server, "/readyz");

      assertThat(before.statusCode()).isEqualTo(503);
      assertThat(before.body()).contains("policy: not loaded");
      assertThat(after.statusCode()).isEqualTo(200);
      assertThat(draining.statusCode()).isEqualTo(503);
      assertThat(get(server, "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(server, "/metrics").body()).contains("jvm_memory_used_bytes");
    }
  }

  private static HttpResponse<String> get(HealthServer server, String path) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
