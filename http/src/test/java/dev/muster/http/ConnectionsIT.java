package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.testkit.Covers;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionsIT {
  private static final String HALF_A_HEAD = "POST /any HTTP/1.1\r\nHost: x\r\n";

  private final TestTls tls = new TestTls().issue();
  private final Metrics metrics = new Metrics();
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch hold = new CountDownLatch(1);
  private final Routes routes =
      Routes.none().post("/any", request -> Response.empty(200)).post("/hold", request -> hold());

  @Test
  @Covers({"F10", "F12"})
  void aHeadThatTricklesInIsCutOff() throws Exception {
    try (var server =
            start(
                ServerSettings.of("test", 0)
                    .with(Patience.ofServers().idle(Duration.ofMillis(500))));
        var socket = tls.socket(server.port())) {
      write(socket, HALF_A_HEAD + "Slow: ");

      assertThat(sentUntilClosed(socket)).isBetween(1, 500);
    }
  }

  @Test
  @Covers({"F10", "F12"})
  void atTheBoundTheLongestUnusedGivesWay() throws Exception {
    try (var server = start(ServerSettings.of("test", 0).with(connections(3)));
        var first = tls.socket(server.port());
        var second = tls.socket(server.port());
        var third = tls.socket(server.port())) {
      write(first, HALF_A_HEAD);
      awaitOpened(1);
      write(second, HALF_A_HEAD);
      write(third, HALF_A_HEAD);
      awaitOpened(3);

      assertThat(post(tls.client(), server, "/any").statusCode()).isEqualTo(200);

      assertThat(first.getInputStream().read()).isEqualTo(-1);
      write(third, "\r\n");
      assertThat(third.getInputStream().read()).isEqualTo('H');
    }
  }

  @Test
  @Covers("F12")
  void whereAllAreInUseTheNewOneIsClosed() throws Exception {
    try (var server = start(ServerSettings.of("test", 0).with(connections(1)))) {
      var client = tls.client();
      var running =
          client.sendAsync(request(server, "/hold"), HttpResponse.BodyHandlers.ofString());
      assertThat(held.await(5, TimeUnit.SECONDS)).isTrue();

      assertThatThrownBy(() -> post(tls.client(), server, "/any")).isInstanceOf(IOException.class);

      hold.countDown();
      assertThat(running.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(post(client, server, "/any").statusCode()).isEqualTo(200);
    }
  }

  @Test
  @Covers({"F10", "F12"})
  void whoOpensManyAndSaysNothingKeepsNobodyOut() throws Exception {
    try (var server = start(ServerSettings.of("test", 0).with(connections(3)));
        var first = silent(server);
        var second = silent(server)) {
      await("muster_http_handshakes_pending{server=\"test\"} 2.0");
      write(second, "\u0016");
      try (var _ = silent(server);
          var _ = silent(server)) {
        assertThat(first.getInputStream().read()).isEqualTo(-1);
        assertThat(post(tls.client(), server, "/any").statusCode()).isEqualTo(200);
        assertThat(second.getInputStream().read()).isEqualTo(-1);
        await("muster_http_handshakes_pending{server=\"test\"} 2.0");
      }
      await("muster_http_rejected_total{reason=\"handshakes\",server=\"test\"} 2.0");
    }
  }

  @Test
  @Covers({"F10", "F12"})
  void slowBodiesKeepNobodyOut() throws Exception {
    try (var server = start(ServerSettings.of("test", 0).with(connections(2)));
        var first = tls.socket(server.port());
        var second = tls.socket(server.port())) {
      write(first, HALF_A_HEAD + "Content-Length: 10\r\n\r\nx");
      awaitOpened(1);
      write(second, HALF_A_HEAD + "Content-Length: 10\r\n\r\nx");
      awaitOpened(2);

      assertThat(post(tls.client(), server, "/any").statusCode()).isEqualTo(200);

      assertThat(first.getInputStream().read()).isEqualTo(-1);
      write(second, "123456789");
      assertThat(second.getInputStream().read()).isEqualTo('H');
    }
  }

  private static Socket silent(HttpsServer server) throws IOException {
    return new Socket("127.0.0.1", server.port());
  }

  private Response hold() throws InterruptedException {
    held.countDown();
    hold.await();
    return Response.empty(200);
  }

  /// Sends a byte each time nothing was answered for a moment.
  private static int sentUntilClosed(Socket socket) throws IOException {
    socket.setSoTimeout(20);
    int sent = 0;
    try {
      for (; sent < 1000 && !closed(socket); sent++) {
        write(socket, "x");
      }
    } catch (IOException reset) {
      return sent;
    }
    return sent;
  }

  private static boolean closed(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException nothing) {
      return false;
    }
  }

  private void awaitOpened(int connections) {
    await("muster_http_connections{server=\"test\"} " + connections + ".0");
  }

  private void await(String wanted) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!metrics.scrape().contains(wanted)) {
      assertThat(System.nanoTime()).as(wanted).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static Capacity connections(int most) {
    return Capacity.ofProcess().connections(most);
  }

  private HttpsServer start(ServerSettings settings) {
    return HttpsServer.start(settings.host("127.0.0.1"), tls, routes, metrics);
  }

  private static HttpRequest request(HttpsServer server, String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path))
        .timeout(Duration.ofSeconds(20))
        .POST(HttpRequest.BodyPublishers.noBody())
        .build();
  }

  private static HttpResponse<String> post(HttpClient client, HttpsServer server, String path)
      throws Exception {
    return client.send(request(server, path), HttpResponse.BodyHandlers.ofString());
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }
}
