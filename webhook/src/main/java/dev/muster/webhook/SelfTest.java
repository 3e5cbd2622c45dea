package dev.muster.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.http.Handler;
import dev.muster.http.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  SelfTest(List<Handler> handlers) {
    this.handlers = List.copyOf(handlers);
  }

  Optional<String> problem() {
    return problem;
  }

  /// Runs once; whoever starts it sees the result in [#problem()].
  void run() {
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
      problem = Optional.empty();
    } catch (Exception e) {
      LOG.error("self-test failed, the webhook stays unready", e);
      problem = Optional.of(String.valueOf(e.getMessage()));
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
