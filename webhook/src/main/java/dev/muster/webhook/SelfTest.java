package dev.muster.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import dev.muster.config.Configuration.Level;
import dev.muster.http.Handler;
import dev.muster.http.Request;
import dev.muster.webhook.admission.Admission;
import dev.muster.webhook.admission.Stage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
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

  /// Processor time of the process: enough for the first compilation of what is hot, also where
  /// others take most of the machine. Callers who time out on cold code come again, and keep it
  /// cold.
  private static final Duration WORK = Duration.ofSeconds(2);

  /// By the clock: who waits this long for two seconds of a processor warms up while it serves.
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
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
      var work = PROCESS.getProcessCpuTime() + WORK.toNanos();
      var end = System.nanoTime() + LONGEST.toNanos();
      for (int round = 0; round == 0 || round < ROUNDS && before(work, end); round++) {
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

  private static boolean before(long work, long end) {
    return PROCESS.getProcessCpuTime() < work && System.nanoTime() < end;
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
