package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The adapter against an API server that is overloaded, broken or silent.
class FaultyServerIT {

  private static final ObjectName NAME = ObjectName.in("shop", "one");
  private static final GroupVersionResource SHEEP =
      new GroupVersionResource("farm.example", "v1", "sheep");
  private static final String OBJECT =
      """
      {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one","namespace":"shop"}}\
      """;

  @TempDir private Path folder = Path.of("");
  private final AtomicInteger asked = new AtomicInteger();
  private final Semaphore silence = new Semaphore(0);
  private HttpServer server = started();

  private static HttpServer started() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stop() {
    silence.release(100);
    server.stop(0);
  }

  @Test
  @Covers("F16")
  void overloadedServerIsAskedAgainWhenItSays() throws IOException {
    answer(exchange -> {
      if (asked.incrementAndGet() < 3) {
        exchange.getResponseHeaders().add("Retry-After", "1");
        respond(exchange, 429, "{}");
      } else {
        respond(exchange, 200, OBJECT);
      }
    });

    long began = System.nanoTime();
    try (Cluster cluster = connection(5).open()) {
      assertThat(cluster.find(ConfigMap.class, NAME)).isPresent();
    }

    assertThat(asked).hasValue(3);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(2));
  }

  @Test
  @Covers("F16")
  void waitThatIsTooLongEndsTheCallInsteadOfAskingEarlier() throws IOException {
    answer(exchange -> {
      asked.incrementAndGet();
      exchange.getResponseHeaders().add("Retry-After", "600");
      respond(exchange, 429, "{}");
    });

    try (Cluster cluster = connection(5).open()) {
      assertThatThrownBy(() -> cluster.find(ConfigMap.class, NAME))
          .isInstanceOf(ClusterException.Unreachable.class)
          .hasMessageContaining("600 s");
    }

    assertThat(asked).hasValue(1);
  }

  @Test
  @Covers("F16")
  void serverThatStaysBrokenIsAskedAFewTimesAndThenUnreachable() throws IOException {
    answer(exchange -> {
      asked.incrementAndGet();
      respond(exchange, 503, "{}");
    });

    try (Cluster cluster = connection(2).open()) {
      assertThatThrownBy(() -> cluster.find(ConfigMap.class, NAME))
          .isInstanceOf(ClusterException.Unreachable.class)
          .hasMessageContaining("shop/one");
    }

    assertThat(asked).hasValueLessThanOrEqualTo(3);
  }

  @Test
  @Covers("F17")
  void silentServerIsUnreachableWithinTheDeadlineNotAbsent() throws IOException {
    answer(exchange -> silence.acquireUninterruptibly());

    long began = System.nanoTime();
    try (Cluster cluster = connection(0).open()) {
      assertThatThrownBy(() -> cluster.find(ConfigMap.class, NAME))
          .isInstanceOf(ClusterException.Unreachable.class);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void brokenListIsNeverAnEmptyList() throws IOException {
    answer(exchange -> respond(exchange, 500, "{}"));

    try (Cluster cluster = connection(0).open()) {
      assertThatThrownBy(() -> cluster.list(ConfigMap.class, Query.all()))
          .isInstanceOf(ClusterException.Unreachable.class);
    }
  }

  @Test
  void silentServerEndsAPlainListWithinItsDeadline() throws IOException {
    answer(exchange -> silence.acquireUninterruptibly());

    try (Cluster cluster = connection(0).open()) {
      assertThatThrownBy(() -> cluster.listPlain(SHEEP, null))
          .isInstanceOf(ClusterException.Unreachable.class)
          .hasMessageContaining("farm.example");
    }
  }

  @Test
  void aPageThatBreaksOffIsAskedForAgainAndCountsOnce() throws IOException {
    answer(exchange -> {
      if (exchange.getRequestURI().getPath().endsWith("/v1")) {
        respond(exchange, 200, "{\"resources\":[{\"name\":\"sheep\"}]}");
      } else if (exchange.getRequestURI().getQuery().contains("continue")) {
        respond(exchange, 200, page("", "two"));
      } else if (asked.incrementAndGet() == 1) {
        String whole = page("more", "one", "cut");
        respond(exchange, 200, whole.substring(0, whole.length() - 20));
      } else {
        respond(exchange, 200, page("more", "one"));
      }
    });

    try (Cluster cluster = connection(0).open()) {
      assertThat(cluster.listPlain(SHEEP, null).orElseThrow())
          .extracting(each -> each.at("/metadata/name").asText())
          .containsExactly("one", "two");
    }
  }

  @Test
  void aListThatAlwaysBreaksOffIsUnreachableAndNeverAPart() throws IOException {
    answer(exchange -> {
      if (exchange.getRequestURI().getPath().endsWith("/v1")) {
        respond(exchange, 200, "{\"resources\":[{\"name\":\"sheep\"}]}");
      } else {
        asked.incrementAndGet();
        respond(exchange, 200, page("", "one").substring(0, 60));
      }
    });

    try (Cluster cluster = connection(0).open()) {
      assertThatThrownBy(() -> cluster.listPlain(SHEEP, null))
          .isInstanceOf(ClusterException.Unreachable.class)
          .hasMessageContaining("sheep");
    }
    assertThat(asked).hasValue(3);
  }

  private static String page(String more, String... names) {
    return Stream.of(names)
        .map(name -> "{\"metadata\":{\"name\":\"" + name + "\"}}")
        .collect(
            Collectors.joining(
                ",", "{\"metadata\":{\"continue\":\"" + more + "\"},\"items\":[", "]}"));
  }

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private void answer(Answer answer) {
    server.createContext("/", answer::to);
  }

  private static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Connection connection(int retries) throws IOException {
    Path kubeconfig = folder.resolve("kubeconfig");
    Files.writeString(
        kubeconfig,
        """
        apiVersion: v1
        kind: Config
        current-context: one
        clusters: [{ name: one, cluster: { server: "http://127.0.0.1:%d" } }]
        contexts: [{ name: one, context: { cluster: one, user: one } }]
        users: [{ name: one, user: {} }]
        """
            .formatted(server.getAddress().getPort()));
    return Connection.from(kubeconfig).within(Duration.ofSeconds(3), retries);
  }
}
