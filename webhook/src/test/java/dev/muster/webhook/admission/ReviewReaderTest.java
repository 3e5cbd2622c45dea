package dev.muster.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewReaderTest {
  private static final String UID = "705ab4f5-6393-11e8-b7cc-42010a800002";
  private final ReviewReader reader = new ReviewReader();

  @Test
  @Covers("A11")
  void unknownFieldsLiveOn() {
    var body =
        Reviews.body(Reviews.statefulSet(Map.of()), request -> request.put("futureField", true));

    var received = reader.read(body);

    assertThat(received).isInstanceOf(Received.Readable.class);
    var object = ((Received.Readable) received).review().object().orElseThrow();
    assertThat(object.path("spec").path("futureField").toString()).isEqualTo("{\"x\":[1,2,3.5]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "not json",
        "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\"}",
        "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"\"}}",
        "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{}}",
        "{\"apiVersion\":\"admission.k8s.io/v9\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"u\"}}",
        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"request\":{\"uid\":\"u\"}}"
      })
  @Covers("F10")
  void whatIsNoReviewIsUnreadable(String body) {
    assertThat(reader.read(bytes(body))).isInstanceOf(Received.Unreadable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"object\":{\"a\":1,\"a\":2}}}",
        "\"object\":{\"a\":1}}} trailing",
        "\"object\":{\"a\":",
        "\"object\":{\"a\":\"\u0000\"}}}",
      })
  @Covers("F10")
  void faultsAfterTheUidAreDoubtful(String rest) {
    assertThat(reader.read(bytes(review(rest))))
        .isEqualTo(doubtful(reader.read(bytes(review(rest)))));
  }

  @Test
  @Covers({"A12", "F10"})
  void depthIsBounded() {
    var deep = "\"object\":" + "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000) + "}}";

    assertThat(reader.read(bytes(review(deep)))).isInstanceOf(Received.Doubtful.class);
  }

  @Test
  @Covers({"A12", "F10"})
  void lengthsOfStringsAndNumbersAreBounded() {
    var string = "\"object\":{\"a\":\"" + "x".repeat(ReviewReader.MAX_STRING + 1) + "\"}}}";
    var number = "\"object\":{\"a\":" + "9".repeat(5000) + "}}}";
    var fine = "\"object\":{\"a\":\"" + "x".repeat(1 << 20) + "\",\"b\":1e308}}}";

    assertThat(reader.read(bytes(review(string)))).isInstanceOf(Received.Doubtful.class);
    assertThat(reader.read(bytes(review(number)))).isInstanceOf(Received.Doubtful.class);
    assertThat(reader.read(bytes(review(fine)))).isInstanceOf(Received.Readable.class);
  }

  @Test
  @Covers("F10")
  void badUtf8IsDoubtful() {
    var body = bytes(review("\"object\":{\"a\":\"x\"}}}"));
    body[body.length - 6] = (byte) 0xC3;

    assertThat(reader.read(body)).isInstanceOf(Received.Doubtful.class);
  }

  @Test
  void theUidIsFoundInACutBody() {
    var body = Reviews.body(Reviews.statefulSet(Map.of()), request -> {});

    assertThat(reader.uid(java.util.Arrays.copyOf(body, 200))).contains(UID);
    assertThat(reader.uid(bytes("{\"request\":{\"object\":{\"uid\":\"no\"}"))).isEmpty();
  }

  private static Received doubtful(Received received) {
    return new Received.Doubtful(UID, ((Received.Doubtful) received).reason());
  }

  private static String review(String rest) {
    return "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\""
        + UID
        + "\","
        + rest;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
