package dev.muster.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
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
        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"request\":{\"uid\":\"u\"}}",
        "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":7}}",
        "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"\u00e9\"}}"
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
    var fine = "\"object\":{\"a\":\"" + "x".repeat(1 << 20) + "\",\"b\":1e999}}}";

    assertThat(reader.read(bytes(review(string)))).isInstanceOf(Received.Doubtful.class);
    assertThat(reader.read(bytes(review(number)))).isInstanceOf(Received.Doubtful.class);
    assertThat(reader.read(bytes(review(fine)))).isInstanceOf(Received.Readable.class);
  }

  /// `Aa` and `BB` have one hash: so has each of these keys.
  @Test
  @Covers({"A12", "F10"})
  void keysThatCollideAreKeysAsOthers() {
    var keys = new StringBuilder("\"object\":{");
    for (int key = 0; key < 4096; key++) {
      keys.append('"');
      for (int bit = 0; bit < 12; bit++) {
        keys.append((key >> bit & 1) == 0 ? "Aa" : "BB");
      }
      keys.append("\":1,");
    }
    keys.append("\"last\":1}}}");

    var received = reader.read(bytes(review(keys.toString())));

    assertThat(received).isInstanceOf(Received.Readable.class);
    assertThat(((Received.Readable) received).review().object().orElseThrow()).hasSize(4097);
  }

  @Test
  @Covers("F10")
  void badUtf8IsDoubtful() {
    var body = bytes(review("\"object\":{\"a\":\"x\"}}}"));
    body[body.length - 6] = (byte) 0xC3;

    assertThat(reader.read(body)).isInstanceOf(Received.Doubtful.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"C0AF", "E080AF", "F08080AF", "EDA080", "F4908080", "FF", "C3"})
  @Covers("F10")
  void illFormedUtf8IsDoubtful(String hex) {
    var body = bytes(review("\"object\":{\"a\":\"xxxx\"}}}"));
    var fault = HexFormat.of().parseHex(hex);
    System.arraycopy(fault, 0, body, body.length - 8, fault.length);

    assertThat(reader.read(body)).isEqualTo(new Received.Doubtful(UID, "it is not UTF-8"));
  }

  @Test
  @Covers("F10")
  void nothingBehindIllFormedUtf8IsTakenAsTheUid() {
    var body = bytes("{\"a\":\"?\",\"request\":{\"uid\":\"" + UID + "\"}}");
    body[6] = (byte) 0xC3;

    assertThat(reader.read(body)).isInstanceOf(Received.Unreadable.class);
    assertThat(reader.uid(body)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\ud800",
        "\\uDC00",
        "\\udc00\\ud800",
        "\\ud800\\\\udc00",
        "\\ud83d\\ude00\\ud83d",
        "\\n\\ud83dx\\ude00"
      })
  @Covers("F10")
  void halfASurrogatePairIsDoubtful(String text) {
    assertThat(reader.read(bytes(review("\"object\":{\"a\":\"" + text + "\"}}}"))))
        .isEqualTo(new Received.Doubtful(UID, "it is not Unicode: half of a surrogate pair"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\\ud83d\\ude00", "\\\\ud800", "\\u0000\\u00e9\\\"", "\ud83d\ude00 \u00e9"})
  void whatIsOnlyUnusualIsRead(String text) {
    assertThat(reader.read(bytes(review("\"object\":{\"a\":\"" + text + "\"}}}"))))
        .isInstanceOf(Received.Readable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE"})
  @Covers("F10")
  void otherEncodingsAreUnreadable(String charset) {
    var body = review("\"object\":null}}").getBytes(Charset.forName(charset));

    assertThat(reader.read(body)).isInstanceOf(Received.Unreadable.class);
  }

  @Test
  @Covers("F10")
  void reasonsArePrintableAndShort() {
    var key = "\u00e9".repeat(2000);
    var doubled = "\"object\":{\"" + key + "\":1,\"" + key + "\":2}}}";

    var reason = ((Received.Doubtful) reader.read(bytes(review(doubled)))).reason();

    assertThat(reason)
        .matches("it is not JSON within bounds: [ -~]+")
        .hasSizeLessThanOrEqualTo(200);
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
