package dev.muster.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.policies.PolicyInForce;
import dev.muster.testkit.Covers;
import dev.muster.webhook.admission.FakePolicy;
import dev.muster.webhook.admission.Reviews;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookServerIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private WebhookServer server;
  private SSLContext tls;
  private HttpClient client;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    var trust = folder.resolve("ca.crt");
    server =
        WebhookServer.start(
            Mounted.selfSigned(trust, "localhost", "127.0.0.1"),
            PolicyInForce.always(new FakePolicy()),
            InstantSource.system());
    tls = TrustedTls.of(Files.readString(trust));
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(tls).build();
    awaitReady();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /// Whatever a test did: a good review is answered after it.
  @AfterEach
  void stillAnswers() throws Exception {
    var response =
        review("/v1/mutate/warn", Reviews.body(Reviews.statefulSet(Map.of()), request -> {}));

    assertThat(response.path("patchType").asText()).isEqualTo("JSONPatch");
  }

  @Test
  @Covers({"A1", "A9", "O2", "O4"})
  void readyServerAnswersAReviewWithItsUid() throws Exception {
    var response =
        review(
            "/v1/mutate/warn?timeout=2s",
            Reviews.body(Reviews.statefulSet(Map.of()), request -> request.put("uid", "abc")));

    assertThat(response.path("uid").asText()).isEqualTo("abc");
    assertThat(response.path("allowed").asBoolean()).isTrue();
  }

  @Test
  @Covers({"A9", "A17"})
  void denialsAreHttp200() throws Exception {
    var bad = Reviews.body(Reviews.statefulSet(Map.of("muster.dev/rpo", "soon")), request -> {});

    var enforce = review("/v1/validate/enforce", bad);
    var warn = review("/v1/validate/warn", bad);

    assertThat(enforce.path("allowed").asBoolean(true)).isFalse();
    assertThat(enforce.path("status").path("code").asInt()).isEqualTo(403);
    assertThat(warn.path("allowed").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "application/json; charset=utf-8", "Application/JSON"})
  @Covers("A10")
  void jsonIsAcceptedWithParameters(String type) throws Exception {
    var body = Reviews.body(Reviews.statefulSet(Map.of()), request -> {});

    assertThat(post("/v1/mutate/warn", type, body).statusCode()).isEqualTo(200);
  }

  @Test
  void otherTypesPathsAndLevelsAreRefused() throws Exception {
    var body = Reviews.body(Reviews.statefulSet(Map.of()), request -> {});

    assertThat(post("/v1/mutate/warn", "text/plain", body).statusCode()).isEqualTo(415);
    assertThat(post("/v1/mutate/audit", "application/json", body).statusCode()).isEqualTo(404);
    assertThat(post("/", "application/json", body).statusCode()).isEqualTo(404);
  }

  @Test
  @Covers({"A12", "F10"})
  void threeMebibyteObjectsAreJudgedAndEightAreRefused() throws Exception {
    var large = Reviews.statefulSet(Map.of());
    for (var name : List.of("note", "note2", "note3")) {
      large.withObject("/spec").put(name, "x".repeat(1 << 20));
    }
    var both =
        Reviews.body(
            large,
            request -> request.put("operation", "UPDATE").set("oldObject", large.deepCopy()));

    assertThat(both.length).isGreaterThan(6 << 20);
    assertThat(review("/v1/mutate/warn", both).path("patchType").asText()).isEqualTo("JSONPatch");
    assertThat(post("/v1/mutate/warn", "application/json", new byte[8 << 20]).statusCode())
        .isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"deep", "doubled", "utf8", "cut", "huge-number", "nothing", "old-version"})
  @Covers({"F10", "A12"})
  void badBodiesAre4xxOrAllowedWithAWarning(String what) throws Exception {
    var answer = post("/v1/mutate/enforce", "application/json", bad(what));

    if (answer.statusCode() == 200) {
      var response = JSON.readTree(answer.body()).path("response");
      assertThat(response.path("allowed").asBoolean()).isTrue();
      assertThat(response.path("warnings")).isNotEmpty();
      assertThat(response.path("uid").asText()).isNotEmpty();
      assertThat(response.has("patch")).isFalse();
    } else {
      assertThat(answer.statusCode()).isBetween(400, 499);
    }
  }

  @Test
  @Covers("F10")
  void halfSentAndPipelinedRequestsDoNoHarm() throws Exception {
    var body =
        new String(
            Reviews.body(Reviews.statefulSet(Map.of()), request -> {}), StandardCharsets.UTF_8);
    try (var half = socket()) {
      write(half, request(body, "keep-alive").substring(0, 400));
    }
    try (var pipelined = socket()) {
      write(
          pipelined,
          request(body, "keep-alive") + request(body, "keep-alive") + request(body, "close"));

      assertThat(readAll(pipelined).split("HTTP/1.1 200 OK", -1)).hasSize(4);
    }
  }

  @Test
  @Covers({"A14", "F4"})
  void aSlowPolicyIsAbandonedAtFourFifthsOfTheTimeout() throws Exception {
    var began = System.nanoTime();

    var response =
        review(
            "/v1/mutate/warn?timeout=1s",
            Reviews.body(
                Reviews.statefulSet(Map.of()),
                request -> request.put("namespace", FakePolicy.STUCK)));

    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isBetween(Duration.ofMillis(700), Duration.ofSeconds(5));
    assertThat(response.path("allowed").asBoolean()).isTrue();
    assertThat(response.path("warnings").get(0).asText()).contains("deadline");
    assertThat(FakePolicy.INTERRUPTED.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @Covers("O6")
  void metricsNameNoObject() throws Exception {
    review(
        "/v1/mutate/warn",
        Reviews.body(
            Reviews.statefulSet(Map.of()), request -> request.put("namespace", "very-own")));

    var metrics =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.healthPort() + "/metrics"))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();

    assertThat(metrics)
        .contains(
            "muster_reviews_total{kind=\"StatefulSet\",level=\"warn\",outcome=\"changed\",stage=\"mutate\"}")
        .contains("muster_review_seconds_count")
        .doesNotContain("very-own");
  }

  private static byte[] bad(String what) {
    var start =
        "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"u\",";
    var text =
        switch (what) {
          case "deep" -> start + "\"object\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}}";
          case "doubled" -> start + "\"object\":{\"a\":1,\"a\":2}}}";
          case "utf8" -> start + "\"object\":{\"a\":\"\u00ff\"}}}";
          case "cut" -> start + "\"object\":{";
          case "huge-number" -> start + "\"object\":{\"a\":1" + "0".repeat(100_000) + "}}}";
          case "old-version" -> start.replace("/v1", "/v1beta1") + "\"object\":null}}";
          default -> "";
        };
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private void awaitReady() throws Exception {
    var deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
    while (!server.ready()) {
      assertThat(System.nanoTime()).as("ready within 2 minutes").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private JsonNode review(String path, byte[] body) throws Exception {
    var answer = post(path, "application/json", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).path("response");
  }

  private HttpResponse<String> post(String path, String type, byte[] body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String request(String body, String connection) {
    return "POST /v1/mutate/warn?timeout=2s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + ("Connection: "
            + connection
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private Socket socket() throws IOException {
    var socket = tls.getSocketFactory().createSocket("127.0.0.1", server.port());
    socket.setSoTimeout(15_000);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private static String readAll(Socket socket) throws IOException {
    var read = new ByteArrayOutputStream();
    socket.getInputStream().transferTo(read);
    return read.toString(StandardCharsets.UTF_8);
  }
}
