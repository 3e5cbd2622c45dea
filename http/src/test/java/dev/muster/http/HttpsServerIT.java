package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpsServerIT {
  private static final String END = "\r\n\r\n";

  private final TestTls tls = new TestTls().issue();
  private final Metrics metrics = new Metrics();
  private final CountDownLatch hold = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final CountDownLatch held = new CountDownLatch(1);
  private final Handler echo =
      Routes.none()
          .post("/echo/{what}", HttpsServerIT::answer)
          .post("/hold", request -> hold())
          .post("/fail", request -> fail());
  private HttpsServer server = start(ServerSettings.of("test", 0).host("127.0.0.1"));

  @AfterEach
  void close() {
    hold.countDown();
    server.close();
  }

  @Test
  void answersOnAVirtualThreadOverTls() throws Exception {
    var answer = post(tls.client(), "/echo/a?timeout=2s", new byte[3]);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("a:3");
    assertThat(metrics.scrape())
        .contains("muster_http_request_seconds_count{route=\"/echo/{what}\"");
  }

  @Test
  void unknownPathsAndMethodsAreTold() throws Exception {
    assertThat(post(tls.client(), "/nothing", new byte[0]).statusCode()).isEqualTo(404);
    assertThat(
            tls.client()
                .send(
                    HttpRequest.newBuilder(uri("/fail")).GET().build(),
                    HttpResponse.BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(405);
  }

  @Test
  void aThrowingHandlerIsA500WithoutDetail() throws Exception {
    var answer = post(tls.client(), "/fail", new byte[0]);

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("secret");
  }

  @Test
  @Covers({"A12", "F10"})
  void aBodyBeyondTheBoundIs413AndTheConnectionLivesOn() throws Exception {
    var client = tls.client();

    var large = post(client, "/echo/a", new byte[8 << 20]);
    var most = post(client, "/echo/a", new byte[7 << 20]);

    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(most.body()).isEqualTo("a:" + (7 << 20));
  }

  @Test
  void anEndlessBodyIsCutOff() throws Exception {
    try (var socket = tls.socket(server.port())) {
      write(socket, "POST /echo/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked" + END);
      var chunk = "100000\r\n" + "x".repeat(1 << 20) + "\r\n";
      int sent = 0;
      try {
        for (; sent < 200; sent++) {
          write(socket, chunk);
        }
      } catch (IOException expected) {
        assertThat(expected).isNotNull();
      }

      assertThat(sent).isLessThan(100);
    }
  }

  @Test
  @Covers("A14")
  void aHandlerBeyondItsDeadlineIsInterruptedAndAnswered() throws Exception {
    restart(ServerSettings.of("test", 0).host("127.0.0.1").deadline(Duration.ofMillis(200)));

    var answer = post(tls.client(), "/hold", new byte[0]);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @Covers("F12")
  void bodiesBeyondTheBudgetAreAnsweredAtOnceAndTheBudgetComesBack() throws Exception {
    restart(
        ServerSettings.of("test", 0)
            .host("127.0.0.1")
            .with(Capacity.ofProcess().inFlight(1000, 10)));
    var client = tls.client();
    var first =
        client.sendAsync(request("/hold", new byte[800]), HttpResponse.BodyHandlers.ofString());
    assertThat(held.await(5, TimeUnit.SECONDS)).isTrue();

    var second = post(client, "/echo/a", new byte[800]);
    hold.countDown();
    first.get(5, TimeUnit.SECONDS);
    var third = post(client, "/echo/a", new byte[800]);

    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(third.statusCode()).isEqualTo(200);
    assertThat(metrics.scrape()).contains("muster_http_bodies_bytes{server=\"test\"} 0.0");
  }

  @Test
  @Covers("F10")
  void halfSentRequestsTimeOutWithoutHarm() throws Exception {
    restart(
        ServerSettings.of("test", 0)
            .host("127.0.0.1")
            .with(Patience.ofServers().bodyTimeout(Duration.ofMillis(300))));
    try (var socket = tls.socket(server.port())) {
      write(socket, "POST /echo/a HTTP/1.1\r\nHost: x\r\nContent-Length: 100" + END + "half");

      assertThat(readAll(socket)).startsWith("HTTP/1.1 408");
    }
    assertThat(post(tls.client(), "/echo/b", new byte[1]).statusCode()).isEqualTo(200);
  }

  @Test
  @Covers("F10")
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    try (var socket = tls.socket(server.port())) {
      write(
          socket,
          ("POST /echo/a HTTP/1.1\r\nHost: x\r\nContent-Length: 1" + END + "1")
              + ("POST /echo/b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close"
                  + END
                  + "22"));

      assertThat(readAll(socket)).containsSubsequence("a:1", "b:2");
    }
  }

  @Test
  @Covers("F10")
  void garbageIsA400() throws Exception {
    try (var socket = tls.socket(server.port())) {
      write(socket, "\u0000\u0001 nonsense" + END);

      assertThat(readAll(socket)).contains(" 400 Bad Request");
    }
    assertThat(post(tls.client(), "/echo/b", new byte[1]).statusCode()).isEqualTo(200);
  }

  @Test
  @Covers("F10")
  void aHeadThatIsTooLongEndsItsConnection() throws Exception {
    try (var socket = tls.socket(server.port())) {
      write(socket, "POST /echo/a HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(20_000) + END);

      assertThat(readAll(socket)).contains(" 431 ");
    }
  }

  @Test
  @Covers({"O5", "F5"})
  void aNewCertificateIsShownWithoutARestartAndABadOneIsNot() throws Exception {
    var before = peer();

    tls.issue();
    server.reload();
    var after = peer();
    tls.spoil();
    server.reload();
    var still = peer();

    assertThat(after).isNotEqualTo(before);
    assertThat(still).isEqualTo(after);
    assertThat(metrics.scrape()).contains("result=\"failed\"");
  }

  @Test
  void listensOnceACertificateExists() throws Exception {
    server.close();
    var later = new TestTls();
    server =
        HttpsServer.start(
            ServerSettings.of("test", 0)
                .host("127.0.0.1")
                .with(Patience.ofServers().reload(Duration.ofMillis(50))),
            later,
            echo,
            metrics);
    assertThat(server.problem()).isPresent();

    later.issue();

    assertThat(server.awaitListening(Duration.ofSeconds(10))).isTrue();
    assertThat(post(later.client(), "/echo/b", new byte[1]).statusCode()).isEqualTo(200);
  }

  @Test
  @Covers({"O3", "F7"})
  void drainingServesOnThenClosesAndLosesNothing() throws Exception {
    var health = new Health();
    var client = tls.client();
    var running =
        client.sendAsync(request("/hold", new byte[1]), HttpResponse.BodyHandlers.ofString());
    assertThat(held.await(5, TimeUnit.SECONDS)).isTrue();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var drained =
          threads.submit(() -> {
            server.drain(health, Duration.ofSeconds(2));
            return true;
          });
      while (health.ready()) {
        Thread.onSpinWait();
      }

      var meanwhile = post(client, "/echo/a", new byte[1]);
      while (meanwhile.headers().firstValue("connection").isEmpty()) {
        assertThat(meanwhile.statusCode()).isEqualTo(200);
        meanwhile = post(client, "/echo/a", new byte[1]);
      }
      hold.countDown();

      assertThat(meanwhile.statusCode()).isEqualTo(200);
      assertThat(meanwhile.headers().firstValue("connection")).contains("close");
      assertThat(running.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static Response answer(Request request) {
    assertThat(Thread.currentThread().isVirtual()).isTrue();
    return Response.text(200, request.param("what") + ":" + request.body().length);
  }

  private Response hold() throws InterruptedException {
    held.countDown();
    try {
      hold.await();
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw e;
    }
    return Response.empty(200);
  }

  private Response fail() {
    throw new IllegalStateException("secret");
  }

  private HttpsServer start(ServerSettings settings) {
    return HttpsServer.start(settings, tls, echo, metrics);
  }

  private void restart(ServerSettings settings) {
    server.close();
    server = start(settings);
  }

  private String peer() throws IOException {
    try (var socket = (javax.net.ssl.SSLSocket) tls.socket(server.port())) {
      socket.startHandshake();
      var leaf = (java.security.cert.X509Certificate) socket.getSession().getPeerCertificates()[0];
      return leaf.getSerialNumber().toString();
    }
  }

  private URI uri(String path) {
    return URI.create("https://localhost:" + server.port() + path);
  }

  private HttpRequest request(String path, byte[] body) {
    return HttpRequest.newBuilder(uri(path))
        .timeout(Duration.ofSeconds(20))
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private HttpResponse<String> post(HttpClient client, String path, byte[] body) throws Exception {
    return client.send(request(path, body), HttpResponse.BodyHandlers.ofString());
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static String readAll(Socket socket) throws IOException {
    var read = new ByteArrayOutputStream();
    socket.getInputStream().transferTo(read);
    return read.toString(StandardCharsets.ISO_8859_1);
  }
}
