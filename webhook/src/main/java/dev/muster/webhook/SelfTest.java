package dev.muster.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.config.Configuration.Level;
import dev.muster.http.Handler;
import dev.muster.http.Request;
import dev.muster.webhook.admission.Admission;
import dev.muster.webhook.admission.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers canned reviews until the code is warm, and lets nobody call before they are right.
final class SelfTest {
  private static final Logger LOG = LoggerFactory.getLogger(SelfTest.class);
  private static final int ROUNDS = 300;

  /// Enough for the first compilation of what is hot; a slow machine warms up while it serves.
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private static final List<String> REVIEWS = List.of("statefulset", "claim", "pod");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Handler> handlers;
  private volatile Optional<String> problem = Optional.of("not run yet");

  private SelfTest(List<Handler> handlers) {
    this.handlers = List.copyOf(handlers);
  }

  /// Of both stages, at the level that may deny.
  static SelfTest of(Supplier<Admission> admission, InstantSource clock) {
    return new SelfTest(
        Stream.of(Stage.values())
            .<Handler>map(stage ->
                new ReviewHandler(stage, Level.ENFORCE, admission, ReviewLog.silent(), clock))
            .toList());
  }

  Optional<String> problem() {
    return problem;
  }

  /// Runs once; whoever starts it sees the result in [#problem()].
  void run() {
    try {
      pass();
      problem = Optional.empty();
    } catch (RuntimeException e) {
      LOG.error("self-test failed, the webhook stays unready", e);
      problem = Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// Throws for the first answer that is not as it must be.
  void pass() {
    try {
      var requests = REVIEWS.stream().map(SelfTest::request).toList();
      var end = System.nanoTime() + LONGEST.toNanos();
      for (int round = 0; round == 0 || (round < ROUNDS && System.nanoTime() < end); round++) {
        for (var handler : handlers) {
          for (var request : requests) {
            check(handler, request);
          }
        }
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a review of the self-test is not answered", e);
    }
  }

  private static void check(Handler handler, Request request) throws Exception {
    var response = handler.handle(request);
    var answer = JSON.readTree(response.body()).path("response");
    if (response.status() != 200 || !answer.path("uid").asText().startsWith("self-test-")) {
      throw new IllegalStateException(request.path() + " answered " + response.status());
    }
    var broken = answer.path("auditAnnotations").path("broken");
    if (!broken.isMissingNode()) {
      throw new IllegalStateException(request.path() + " could not be judged: " + broken.asText());
    }
  }

  private static Request request(String name) {
    var headers = Map.of("content-type", "application/json");
    return new Request("POST", "self-test " + name, Map.of(), headers, Map.of(), body(name));
  }

  private static byte[] body(String name) {
    try (var in = SelfTest.class.getResourceAsStream("/self-test/" + name + ".json")) {
      if (in == null) {
        throw new IllegalStateException("self-test review " + name + " is not packed");
      }
      JsonNode review = JSON.readTree(in);
      return JSON.writeValueAsString(review).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("self-test review " + name + " is not JSON", e);
    } catch (IOException e) {
      throw new IllegalStateException("self-test review " + name + " is not readable", e);
    }
  }
}
