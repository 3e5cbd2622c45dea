package dev.muster.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// StatefulSets created at a constant rate, as dry runs, which the webhook sees and nobody stores.
/// Ends by itself after some minutes.
final class AdmissionLoad implements AutoCloseable {

  private static final int A_SECOND = 25;
  private static final long MOST = A_SECOND * 300L;
  private static final String BODY =
      """
      {"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"load"},
       "spec":{"serviceName":"load","selector":{"matchLabels":{"app":"load"}},
        "template":{"metadata":{"labels":{"app":"load"}},
         "spec":{"containers":[{"name":"db","image":"postgres:15"}]}},
        "volumeClaimTemplates":[{"metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],
         "resources":{"requests":{"storage":"1Gi"}}}}]}}
      """;

  private final Process proxy;

  /// The proxy takes an offer of HTTP/2 for an upgrade.
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final HttpRequest request;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final long began = System.nanoTime();
  private final Queue<Long> missed = new ConcurrentLinkedQueue<>();
  private final LongAdder begun = new LongAdder();
  private final LongAdder judged = new LongAdder();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();

  private AdmissionLoad(Process proxy, URI api, String namespace) {
    this.proxy = proxy;
    this.request =
        HttpRequest.newBuilder(
                api.resolve(
                    "/apis/apps/v1/namespaces/%s/statefulsets?dryRun=All".formatted(namespace)))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofString(BODY))
            .build();
    var _ = clock.scheduleAtFixedRate(this::next, 0, 1_000_000 / A_SECOND, TimeUnit.MICROSECONDS);
  }

  static AdmissionLoad on(Node node, String namespace) {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(node.kubectl().program(), "proxy", "--port=0"));
    Map<String, String> environment = builder.environment();
    environment.putAll(node.shell().environment());
    try {
      Process proxy = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
      return new AdmissionLoad(proxy, address(proxy), namespace);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run kubectl proxy", e);
    }
  }

  /// As its first line says.
  private static URI address(Process proxy) {
    try {
      String said =
          CompletableFuture.supplyAsync(() -> proxy.inputReader().lines().findFirst().orElse(""))
              .orTimeout(1, TimeUnit.MINUTES)
              .join();
      return URI.create("http://" + said.substring(said.lastIndexOf(' ') + 1));
    } catch (RuntimeException e) {
      proxy.destroyForcibly();
      throw new IllegalStateException("kubectl proxy does not say where it listens", e);
    }
  }

  /// What came of it.
  ///
  /// @param judged created with a contract
  /// @param unjudged created as they were
  /// @param refused or not answered, with the first answers
  /// @param missed when those were asked that came back as they were, seconds since the beginning
  record Result(long judged, long unjudged, List<String> refused, List<Long> missed) {}

  private void next() {
    if (begun.sum() >= MOST) {
      return;
    }
    begun.increment();
    long at = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    var _ =
        client
            .sendAsync(request, HttpResponse.BodyHandlers.ofString())
            .whenComplete((answer, failure) -> {
              if (answer == null || answer.statusCode() != 201) {
                refused.add(answer == null ? String.valueOf(failure) : answer.body());
              } else if (answer.body().contains("muster.dev/managed")) {
                judged.increment();
              } else {
                missed.add(at);
              }
            });
  }

  /// Waits for what is on its way.
  Result end() throws InterruptedException {
    clock.shutdown();
    clock.awaitTermination(10, TimeUnit.SECONDS);
    client.shutdown();
    client.awaitTermination(Duration.ofMinutes(1));
    return new Result(
        judged.sum(),
        missed.size(),
        refused.stream().limit(5).toList(),
        missed.stream().distinct().sorted().toList());
  }

  @Override
  public void close() {
    clock.shutdownNow();
    client.shutdownNow();
    proxy.destroy();
  }
}
