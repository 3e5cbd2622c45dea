package dev.muster.webhook;

import static dev.muster.webhook.Answer.holds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.config.Configuration.Level;
import dev.muster.config.ConfigurationReader;
import dev.muster.config.EngineProfilesReader;
import dev.muster.http.Request;
import dev.muster.http.Response;
import dev.muster.policies.WasmPolicyEngine;
import dev.muster.webhook.admission.Admission;
import dev.muster.webhook.admission.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What holds for every body that anybody may send, from its bytes to the bytes of the answer, with
/// the built-in policy. What is thrown names the property that does not hold.
final class ReviewProperties implements AutoCloseable {
  private static final List<Level> LEVELS = List.of(Level.WARN, Level.ENFORCE);

  /// What an overloaded server keeps of a body.
  private static final int CUT = 4096;

  /// Why a review may go without a judgement: the fault is in what was sent.
  private static final Pattern UNJUDGED =
      Pattern.compile("it is not .*|own patch does not apply: .*|its annotations leave no room .*");

  private static final String RULES =
      """
      namespace: muster
      plans: { standard: { schedule: "H 2 * * *" }, gold: { schedule: "H 1 * * *" } }
      admission: { restore-users: ["system:serviceaccount:velero:velero"], velero-hooks: true }
      waivers: { max-days: 90, approved: ["shop/cache-*"] }
      """;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final WasmPolicyEngine policy = WasmPolicyEngine.builtIn(1, Duration.ofSeconds(4));
  private final ReviewLog log = ReviewLog.silent();
  private final Map<String, Integer> seen = new TreeMap<>();
  private final Admission admission =
      new Admission(
          ConfigurationReader.read("properties", RULES),
          EngineProfilesReader.read(Optional.empty()),
          policy);

  /// Of the body as it is, and of the review that it is the words of.
  ///
  /// @throws AssertionError that says what does not hold
  void check(byte[] body) {
    checkBody(body);
    WrittenReview.of(body).ifPresent(this::checkBody);
  }

  private void checkBody(byte[] body) {
    var said = Said.in(body);
    for (var level : LEVELS) {
      var mutating = handler(Stage.MUTATE, level);
      answer(said, mutating.handle(request(body))).ifPresent(each -> mutated(said, level, each));
      var validating = handler(Stage.VALIDATE, level);
      answer(said, validating.handle(request(body))).ifPresent(each -> validated(level, each));
    }
    var cut = Arrays.copyOf(body, Math.min(body.length, CUT));
    unread(said, handler(Stage.MUTATE, Level.WARN).late(request(body)));
    unread(said, handler(Stage.MUTATE, Level.WARN).overloaded(request(cut)));
  }

  /// How often each outcome was there.
  Map<String, Integer> seen() {
    return seen;
  }

  @Override
  public void close() {
    policy.close();
  }

  private void mutated(Said said, Level level, Answer answer) {
    holds(answer.allowed(), "mutating never denies", answer);
    if (answer.patch().isEmpty()) {
      return;
    }
    var object = said.object().orElseThrow(() -> new AssertionError("a patch for no object"));
    var patched = PatchProperties.applied(answer.patch().get(), object);
    ObjectNode again = said.json().orElseThrow().deepCopy();
    again.withObject("/request").set("object", patched);
    var second = Answer.of(handler(Stage.MUTATE, level).handle(request(bytes(again))));
    holds(second.patch().isEmpty(), "a second review changes nothing", () -> second + " " + again);
    holds(second.broken().isEmpty(), "a patched object is judged", () -> second + " " + again);
    count("patched");
  }

  private void validated(Level level, Answer answer) {
    holds(answer.patch().isEmpty(), "validating changes nothing", answer);
    holds(answer.allowed() || level == Level.ENFORCE, "only enforce denies", answer);
    count(answer.allowed() ? "allowed" : "denied");
  }

  /// Empty for a refusal that is well-formed.
  private Optional<Answer> answer(Said said, Response response) {
    if (response.status() >= 400 && response.status() < 500) {
      told(response);
      count("refused");
      return Optional.empty();
    }
    var answer = answered(said, response);
    holds(said.json().isPresent() || answer.broken().isPresent(), "only JSON is judged", answer);
    if (answer.broken().isPresent()) {
      var reason = answer.broken().get();
      holds(UNJUDGED.matcher(reason).matches(), "what can be read is judged", reason);
      harmless(answer);
      count("unjudged");
    }
    return Optional.of(answer);
  }

  /// What comes without a look at more than the uid.
  private static void unread(Said said, Response response) {
    if (response.status() == 503) {
      told(response);
    } else {
      harmless(answered(said, response));
    }
  }

  private static Answer answered(Said said, Response response) {
    holds(response.status() == 200, "a known status", response);
    var answer = Answer.of(response);
    holds(said.uids().contains(answer.uid()), "the uid is the request's", answer);
    return answer;
  }

  private static void harmless(Answer answer) {
    holds(answer.allowed() && answer.patch().isEmpty(), "unjudged is unchanged", answer);
    holds(!answer.warnings().isEmpty(), "unjudged is told", answer);
  }

  private static void told(Response response) {
    var text = new String(response.body(), StandardCharsets.UTF_8);
    holds(Answer.shown(text.stripTrailing(), 300), "a refusal says why", text);
  }

  private void count(String outcome) {
    seen.merge(outcome, 1, Integer::sum);
  }

  private ReviewHandler handler(Stage stage, Level level) {
    var clock = InstantSource.fixed(Instant.parse("2026-11-01T00:00:00Z"));
    return new ReviewHandler(stage, level, () -> admission, log, clock, new LargeBodies());
  }

  private static Request request(byte[] body) {
    var headers = Map.of("content-type", "application/json");
    return new Request("POST", "/", Map.of(), headers, Map.of(), body);
  }

  private static byte[] bytes(JsonNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
