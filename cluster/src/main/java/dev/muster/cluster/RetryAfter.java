package dev.muster.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// Holds an answer back as long as its `Retry-After` says, so that the client's own retry comes
/// after it. The client computes this wait too, and then waits for its own shorter one.
final class RetryAfter implements Interceptor {

  /// A longer wait does not fit into a call: the call fails, and its caller comes back later.
  private static final Duration LONGEST = Duration.ofSeconds(8);

  @Override
  public CompletableFuture<Boolean> afterFailure(
      HttpRequest.Builder builder, HttpResponse<?> response, RequestTags tags) {
    Optional<Duration> wait = wait(response);
    if (wait.isEmpty()) {
      return CompletableFuture.completedFuture(false);
    }
    if (wait.get().compareTo(LONGEST) > 0) {
      return CompletableFuture.failedFuture(
          new KubernetesClientException(
              "the API server is overloaded and asks to wait for " + wait.get().toSeconds() + " s",
              response.code(),
              null));
    }
    Executor later =
        CompletableFuture.delayedExecutor(wait.get().toMillis(), TimeUnit.MILLISECONDS);
    return CompletableFuture.supplyAsync(() -> false, later);
  }

  /// Seconds only: what API servers send.
  private static Optional<Duration> wait(HttpResponse<?> response) {
    String value = response.header("Retry-After");
    boolean busy = response.code() == 429 || response.code() == 503;
    return busy && value != null && value.matches("[0-9]{1,6}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
        : Optional.empty();
  }
}
