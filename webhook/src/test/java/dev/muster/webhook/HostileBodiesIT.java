package dev.muster.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.policies.PolicyInForce;
import dev.muster.policies.WasmPolicyEngine;
import dev.muster.testkit.Covers;
import dev.muster.webhook.Wire.Reply;
import dev.muster.webhook.admission.Reviews;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the webhook answers over TLS, with the built-in policy, to those who are no API server, and
/// that a good review is answered after each of them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileBodiesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPE = "Content-Type: application/json";
  private static final String PATH = "/v1/mutate/warn";
  private static final byte[] GOOD =
      Reviews.body(Reviews.statefulSet(Map.of()), request -> request.put("uid", "good"));

  private PolicyInForce policy;
  private WebhookServer server;
  private SSLContext tls;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    var trust = folder.resolve("ca.crt");
    policy = PolicyInForce.always(WasmPolicyEngine.builtIn(2, Duration.ofSeconds(5)));
    server =
        WebhookServer.start(Mounted.selfSigned(trust, "127.0.0.1"), policy, InstantSource.system());
    tls = TrustedTls.of(Files.readString(trust));
  }

  @AfterAll
  void stop() {
    server.close();
    policy.close();
  }

  @AfterEach
  void aGoodReviewIsAnsweredOnAFreshConnection() throws IOException {
    try (var wire = wire()) {
      answersAGoodReview(wire);
    }
  }

  static List<HostileBodies> bodies() {
    return HostileBodies.all();
  }

  @ParameterizedTest
  @MethodSource("bodies")
  @Covers({"F10", "A12"})
  void isRefusedOrAllowedWithAWarningAndTheConnectionLivesOn(HostileBodies hostile)
      throws IOException {
    try (var wire = wire()) {
      refusedOrUnjudged(wire.post(hostile.body()).reply(), "hostile");

      answersAGoodReview(wire);
    }
  }

  @Test
  @Covers({"F10", "A12"})
  void eightMebibyteAreTooLargeAnnouncedOrNot() throws IOException {
    var large = new byte[8 << 20];
    try (var wire = wire()) {
      assertThat(wire.post(large).reply()).map(Reply::status).contains(413);
      answersAGoodReview(wire);

      wire.send(Wire.head(PATH, TYPE, "Transfer-Encoding: chunked"));
      wire.send("800000\r\n").send(large).send("\r\n0\r\n\r\n");
      assertThat(wire.reply()).map(Reply::status).contains(413);
      answersAGoodReview(wire);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "application/xml",
        "application/jsonp",
        "application/yaml; application/json",
        "multipart/form-data; boundary=x",
        "\u00e9"
      })
  @Covers("A10")
  void otherContentTypesAreRefused(String type) throws IOException {
    try (var wire = wire()) {
      wire.send(Wire.head(PATH, "Content-Type: " + type, length(GOOD.length))).send(GOOD);
      assertThat(wire.reply()).map(Reply::status).contains(415);
      answersAGoodReview(wire);

      wire.send(Wire.head(PATH, length(GOOD.length))).send(GOOD);
      assertThat(wire.reply()).map(Reply::status).contains(415);
      answersAGoodReview(wire);
    }
  }

  @Test
  @Covers({"F10", "A1"})
  void pipelinedReviewsAreAnsweredInTurnHostileOnesBetween() throws IOException {
    try (var wire = wire()) {
      for (var each : HostileBodies.all().subList(0, 8)) {
        wire.post(GOOD).post(each.body());
      }

      for (int i = 0; i < 8; i++) {
        assertThat(uid(wire.reply())).isEqualTo("good");
        refusedOrUnjudged(wire.reply(), "hostile");
      }
      answersAGoodReview(wire);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: -1",
        "Content-Length: ten",
        "Content-Length: 1e3",
        "Content-Length: 99999999999999999999",
        "Content-Length: 5\r\nContent-Length: 6",
        "Transfer-Encoding: gzip",
        "Transfer-Encoding: chunked, identity",
        "Content-Length : 5",
        "Content-Length: 5\r\n folded",
      })
  @Covers("F10")
  void aLengthThatIsNoneIsRefused(String header) throws IOException {
    try (var wire = wire()) {
      wire.send(Wire.head(PATH, TYPE, header)).send("{}{}{}");

      refusedOrHungUp(wire.reply());
    }
  }

  @Test
  @Covers("F10")
  void whatALengthCutsOffIsJudgedAloneAndTheRestIsNoRequest() throws IOException {
    try (var wire = wire()) {
      wire.send(Wire.head(PATH, TYPE, length(GOOD.length - 9))).send(GOOD).send("\r\n\r\n");

      refusedOrUnjudged(wire.reply(), "good");
      refusedOrHungUp(wire.reply());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n{}\r\n0\r\n\r\n",
        "-2\r\n{}\r\n0\r\n\r\n",
        "\r\n\r\n",
        "2\r\n{}x\r\n0\r\n\r\n",
        "ffffffffffffffff\r\n{}",
      })
  @Covers("F10")
  void aBadChunkIsRefusedOrHungUpOn(String chunks) throws IOException {
    try (var wire = wire()) {
      wire.send(Wire.head(PATH, TYPE, "Transfer-Encoding: chunked")).send(chunks);

      refusedOrHungUp(wire.reply());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000\u0001\u0002\u0003\r\n\r\n",
        "POST\r\n\r\n",
        "POST / HTTP/9.9\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "POST no-path HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /v1/mutate/warn HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n",
        "POST /v1/mutate/warn HTTP/1.1\r\nHost: x\r\na\u0000b: y\r\n\r\n",
        "CONNECT localhost:443 HTTP/1.1\r\nHost: x\r\n\r\n",
      })
  @Covers("F10")
  void whatIsNoRequestIsRefusedOrHungUpOn(String request) throws IOException {
    try (var wire = wire()) {
      refusedOrHungUp(wire.send(request).reply());
    }
  }

  @Test
  @Covers("F10")
  void endlessHeadsAreRefused() throws IOException {
    try (var wire = wire()) {
      wire.send("POST /" + "p".repeat(10_000) + " HTTP/1.1\r\n\r\n");
      refusedOrHungUp(wire.reply());
    }
    try (var wire = wire()) {
      wire.send(Wire.head(PATH, "X: " + "y".repeat(20_000)));
      refusedOrHungUp(wire.reply());
    }
  }

  @Test
  @Covers("F10")
  void requestsThatEndInTheMiddleDoNoHarm() throws IOException {
    var head = Wire.head(PATH, TYPE, length(GOOD.length));
    var chunked = Wire.head(PATH, TYPE, "Transfer-Encoding: chunked");
    var good = new String(GOOD, StandardCharsets.UTF_8);
    for (var part :
        List.of("P", head.substring(0, 40), head, head + good.substring(0, 99), chunked + "ff")) {
      try (var wire = wire()) {
        wire.send(part);
      }
      aGoodReviewIsAnsweredOnAFreshConnection();
    }
  }

  @Test
  @Covers("F10")
  void speakersOfOtherProtocolsAreHungUpOn() throws IOException {
    for (var said :
        List.of(Wire.head(PATH), "\u0016\u0003\u0001\u0000\u0005hello", "SSH-2.0-x\r\n")) {
      try (var plain = new Socket("127.0.0.1", server.port())) {
        plain.setSoTimeout(20_000);
        plain.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
            .doesNotContain("HTTP/1.1 200");
      }
    }
  }

  @Test
  @Covers({"F10", "F12"})
  void bodiesThatDoNotArriveEndInTimeHoweverTheyTrickle() throws Exception {
    var head = Wire.head(PATH, TYPE, length(GOOD.length));
    var far = Wire.head(PATH, TYPE, "Content-Length: 999999999999");
    var chunked = Wire.head(PATH, TYPE, "Transfer-Encoding: chunked");
    List<Callable<Optional<Reply>>> slow =
        List.of(
            () -> after(head, ""),
            () -> after(head + "{\"kind\"", ""),
            () -> after(head, " "),
            () -> after(far, "x"),
            () -> after(chunked + "7fffffff\r\n{}", ""),
            () -> after(chunked, "1\r\nx\r\n"));

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var reply : threads.invokeAll(slow)) {
        refusedOrHungUp(reply.get());
      }
    }
  }

  @Test
  @Covers({"F10", "F12"})
  void manyThatOnlyBeganKeepNobodyOut() throws IOException {
    var head = Wire.head(PATH, TYPE, length(GOOD.length));
    var open = new ArrayList<AutoCloseable>();
    try {
      for (int i = 0; i < 25; i++) {
        open.add(new Socket("127.0.0.1", server.port()));
        open.add(wire().send("P"));
        open.add(wire().send(head.substring(0, 50)));
        open.add(wire().send(head));
        open.add(wire().send(head + "{"));
      }

      aGoodReviewIsAnsweredOnAFreshConnection();
    } finally {
      for (var each : open) {
        close(each);
      }
    }
  }

  private Optional<Reply> after(String sent, String trickle) throws IOException {
    try (var wire = wire().send(sent)) {
      return trickle.isEmpty() ? wire.reply() : wire.trickle(trickle);
    }
  }

  private static void answersAGoodReview(Wire wire) throws IOException {
    var reply = wire.post(GOOD).reply();

    assertThat(uid(reply)).isEqualTo("good");
    var response = JSON.readTree(reply.orElseThrow().body()).path("response");
    assertThat(response.path("allowed").asBoolean()).isTrue();
    assertThat(response.path("patchType").asText()).isEqualTo("JSONPatch");
  }

  private static String uid(Optional<Reply> reply) throws IOException {
    assertThat(reply).map(Reply::status).contains(200);
    return JSON.readTree(reply.orElseThrow().body()).path("response").path("uid").asText();
  }

  private static void refusedOrUnjudged(Optional<Reply> reply, String uid) throws IOException {
    assertThat(reply).isPresent();
    if (reply.get().status() != 200) {
      assertThat(reply.get().status()).isBetween(400, 499);
      assertThat(reply.get().body()).isNotBlank();
      return;
    }
    var response = JSON.readTree(reply.get().body()).path("response");
    assertThat(response.path("uid").asText()).isEqualTo(uid);
    assertThat(response.path("allowed").asBoolean()).isTrue();
    assertThat(response.path("warnings").path(0).asText()).contains("could not be judged");
    assertThat(response.has("patch")).isFalse();
  }

  private static void refusedOrHungUp(Optional<Reply> reply) {
    reply.ifPresent(
        each -> assertThat(each.status()).as(each.body()).isBetween(400, 505).isNotEqualTo(500));
  }

  private static String length(int bytes) {
    return "Content-Length: " + bytes;
  }

  private Wire wire() throws IOException {
    return new Wire(tls, server.port());
  }

  private static void close(AutoCloseable each) {
    try {
      each.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
