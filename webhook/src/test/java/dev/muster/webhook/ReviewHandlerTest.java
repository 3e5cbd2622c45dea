package dev.muster.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.config.Configuration.Level;
import dev.muster.config.EngineProfilesReader;
import dev.muster.http.Metrics;
import dev.muster.http.Request;
import dev.muster.http.Response;
import dev.muster.testkit.Covers;
import dev.muster.webhook.admission.Admission;
import dev.muster.webhook.admission.FakePolicy;
import dev.muster.webhook.admission.Reviews;
import dev.muster.webhook.admission.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReviewHandlerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Metrics metrics = new Metrics();
  private final LargeBodies large = new LargeBodies();
  private final Admission admission =
      new Admission(
          Reviews.configuration(), EngineProfilesReader.read(Optional.empty()), new FakePolicy());
  private final ReviewHandler handler =
      new ReviewHandler(
          Stage.MUTATE,
          Level.WARN,
          () -> admission,
          ReviewLog.of(metrics),
          InstantSource.fixed(Instant.parse("2026-11-01T00:00:00Z")),
          large);

  @Test
  @Covers({"F10", "F12"})
  void oneLargeBodyIsReadAtATime() throws Exception {
    var object = Reviews.statefulSet(Map.of());
    object.withObject("/spec").put("notes", "x".repeat(LargeBodies.LARGE));
    var request = request(Reviews.body(object, change -> {}));
    assertThat(large.enter(request)).isTrue();

    var meanwhile = response(handler.handle(request));
    large.leave(request);
    var afterwards = response(handler.handle(request));

    assertThat(meanwhile.path("allowed").asBoolean()).isTrue();
    assertThat(meanwhile.path("warnings").toString()).contains("overloaded");
    assertThat(afterwards.has("patch")).isTrue();
  }

  @Test
  @Covers({"A14", "F4"})
  void lateAndOverloadedReviewsAreAllowedUnchangedByTheirUid() throws Exception {
    var body = Reviews.body(Reviews.statefulSet(Map.of()), request -> request.put("uid", "abc"));
    var cut = request(Arrays.copyOf(body, 300));

    var late = response(handler.late(request(body)));
    var overloaded = response(handler.overloaded(cut));

    for (var each : new JsonNode[] {late, overloaded}) {
      assertThat(each.path("uid").asText()).isEqualTo("abc");
      assertThat(each.path("allowed").asBoolean()).isTrue();
      assertThat(each.has("patch")).isFalse();
      assertThat(each.path("warnings")).hasSize(1);
    }
    assertThat(metrics.scrape())
        .contains("muster_reviews_unread_total{reason=\"late\"} 1.0")
        .contains("muster_reviews_unread_total{reason=\"overloaded\"} 1.0");
  }

  @Test
  @Covers({"A5", "O6"})
  void whatCouldNotBeJudgedIsCounted() {
    var object = Reviews.statefulSet(Map.of());
    object.withObject("/metadata").put("annotations", "not a map");

    handler.handle(request(Reviews.body(object, change -> {})));

    assertThat(metrics.scrape())
        .containsPattern("muster_reviews_total\\{[^}]*outcome=\"broken\"[^}]*} 1\\.0");
  }

  @Test
  void overloadWithoutAUidIsA503() {
    assertThat(
            handler.overloaded(request("{\"request\":{".getBytes(StandardCharsets.UTF_8))).status())
        .isEqualTo(503);
  }

  @Test
  @Covers("A14")
  void theDeadlineComesFromTheCaller() {
    var request =
        new Request("POST", "/", Map.of("timeout", "2s"), Map.of(), Map.of(), new byte[0]);

    assertThat(handler.deadline(request)).isEqualTo(Duration.ofMillis(1600));
  }

  @Test
  @Covers("B6")
  void dryRunsAreCountedApart() {
    handler.handle(
        request(Reviews.body(Reviews.statefulSet(Map.of()), each -> each.put("dryRun", true))));

    assertThat(metrics.scrape())
        .contains("muster_reviews_dry_run_total{")
        .doesNotContain("muster_reviews_total{");
  }

  @Test
  @Covers("A15")
  void theDecisionIsTheSameForTheSameReview() throws Exception {
    var body = Reviews.body(Reviews.statefulSet(Map.of()), request -> {});

    var one = response(handler.handle(request(body))).path("auditAnnotations");
    var two = response(handler.handle(request(body))).path("auditAnnotations");

    assertThat(one).isEqualTo(two);
    assertThat(one.path("decision").asText()).matches("[0-9a-f]{12}");
  }

  private static JsonNode response(Response response) throws IOException {
    assertThat(response.status()).isEqualTo(200);
    return JSON.readTree(response.body()).path("response");
  }

  private static Request request(byte[] body) {
    return new Request(
        "POST",
        "/v1/mutate/warn",
        Map.of(),
        Map.of("content-type", "application/json"),
        Map.of(),
        body);
  }
}
