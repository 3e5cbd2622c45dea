package dev.muster.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import dev.muster.config.Configuration.Level;
import dev.muster.http.HttpsServer;
import dev.muster.http.Request;
import dev.muster.http.Response;
import dev.muster.http.Routes;
import dev.muster.webhook.admission.Admission;
import dev.muster.webhook.admission.Stage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers canned reviews until the code is warm, and lets nobody call before they are right: first
/// the judgement alone, then by the front door, where cold code costs most.
final class SelfTest {
  private static final Logger LOG = LoggerFactory.getLogger(SelfTest.class);

  /// Processor time of the process: enough for the compilation of what is hot, also where others
  /// take most of the machine. Callers who time out on cold code come again, and keep it cold.
  private static final Duration WORK = Duration.ofSeconds(1);

  /// By the clock: who waits this long for a second of a processor warms up while it serves.
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private static final Duration AGAIN = Duration.ofSeconds(5);

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SET = "statefulset";
  private static final List<Request> REVIEWS =
      List.of(request(SET), request("claim"), request("pod"));

  private final Map<String, ReviewHandler> handlers = new TreeMap<>();
  private volatile Optional<String> problem = Optional.of("not run yet");

  /// Of both stages, at the level that may deny.
  SelfTest(Supplier<Admission> admission, InstantSource clock) {
    for (var stage : Stage.values()) {
      handlers.put(
          "/v1/self-test/" + stage.word(),
          new ReviewHandler(
              stage, Level.ENFORCE, admission, ReviewLog.silent(), clock, new LargeBodies()));
    }
  }

  Optional<String> problem() {
    return problem;
  }

  /// With those that the front door leads to, until they are right.
  Routes routes(Routes others) {
    var all = others;
    for (var each : handlers.entrySet()) {
      all =
          all.post(
              each.getKey(),
              request -> problem.isEmpty() ? Response.empty(404) : each.getValue().handle(request));
    }
    return all;
  }

  /// Runs once; whoever starts it sees the result in [#problem()].
  void run(HttpsServer server) {
    try {
      pass();
      while (!byFrontDoor(server) && !server.awaitEnd(AGAIN)) {
        LOG.warn("self-test: {}; again in {} s", problem.orElse(""), AGAIN.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("self-test failed, the webhook stays unready", e);
      problem = Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// What is wrong here may pass: there is no certificate yet, or others have all processors.
  private boolean byFrontDoor(HttpsServer server) throws InterruptedException {
    if (!server.awaitListening(AGAIN)) {
      problem = Optional.of("no serving certificate yet");
      return false;
    }
    try (var door = server.frontDoor()) {
      repeat((path, handler, review) -> door.post(path, review.body()));
      problem = Optional.empty();
    } catch (RuntimeException e) {
      problem = Optional.of("by the front door: " + e.getMessage());
    }
    return problem.isEmpty();
  }

  /// Throws for the first answer that is not as it must be.
  void pass() {
    repeat((path, handler, review) -> handler.handle(review));
  }

  private void repeat(Call call) {
    var work = PROCESS.getProcessCpuTime() + WORK.toNanos();
    var end = System.nanoTime() + LONGEST.toNanos();
    do {
      for (var each : handlers.entrySet()) {
        for (var review : REVIEWS) {
          check(each.getKey(), review, call.answer(each.getKey(), each.getValue(), review));
        }
      }
    } while (PROCESS.getProcessCpuTime() < work && System.nanoTime() < end);
  }

  private static void check(String path, Request review, Response response) {
    var answer = json(response.body()).path("response");
    if (response.status() != 200 || !answer.path("uid").asText().startsWith("self-test-")) {
      throw new IllegalStateException(path + " answered " + response.status());
    }
    var said = answer.path("auditAnnotations");
    if (said.has("broken") || said.has("passed")) {
      throw new IllegalStateException(
          path
              + " could not be judged: "
              + said.path("broken").asText(said.path("passed").asText()));
    }
    if (path.endsWith(Stage.MUTATE.word()) && review.path().endsWith(SET) && !contract(answer)) {
      throw new IllegalStateException(path + " gave a StatefulSet no contract");
    }
  }

  private static boolean contract(JsonNode answer) {
    var patch = Base64.getDecoder().decode(answer.path("patch").asText(""));
    return new String(patch, StandardCharsets.UTF_8).contains("muster.dev~1managed");
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
      return json(in.readAllBytes()).toString().getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("self-test review " + name + " is not readable", e);
    }
  }

  private static JsonNode json(byte[] text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException("no JSON", e);
    }
  }

  private interface Call {
    Response answer(String path, ReviewHandler handler, Request review);
  }
}
