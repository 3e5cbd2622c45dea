package dev.muster.cluster;

import com.fasterxml.jackson.core.JsonParser;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Gets objects and reads it while it comes: a page of a list may be larger than anybody wants to
/// hold.
final class PlainCalls {
  private static final int SAID = 64 << 10;

  private final KubernetesClient client;

  PlainCalls(KubernetesClient client) {
    this.client = client;
  }

  /// Empty where the path does not exist.
  ///
  /// @param reading of one object
  /// @throws UncheckedIOException for an answer that broke off, or cannot be read
  <T> Optional<T> get(String path, ItemReading<T> reading) {
    return get(path, Accepted.JSON, reading);
  }

  <T> Optional<T> get(String path, Accepted accept, ItemReading<T> reading) {
    try (StreamedBody body = new StreamedBody()) {
      HttpResponse<AsyncBody> answer = answer(path, accept.header(), body);
      body.begin(answer.body());
      if (answer.code() == HttpURLConnection.HTTP_NOT_FOUND) {
        return Optional.empty();
      }
      if (!answer.isSuccessful()) {
        throw refused(path, answer, body);
      }
      try (JsonParser at = accept.open(answer.header("Content-Type"), body)) {
        T read = reading.read(at);
        // The end of an answer follows its last object; a connection that is not at the end is
        // lost.
        body.readNBytes(SAID);
        return Optional.of(read);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("get " + path + ": the answer broke off or cannot be read", e);
    }
  }

  private HttpResponse<AsyncBody> answer(String path, String accept, StreamedBody body) {
    var http = client.getHttpClient();
    String server = client.getMasterUrl().toString().replaceFirst("/+$", "");
    HttpRequest request =
        http.newHttpRequestBuilder().uri(server + path).header("Accept", accept).build();
    var coming = http.consumeBytes(request, body::heard);
    try {
      return coming.get(limit(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      unwanted(coming);
      Thread.currentThread().interrupt();
      throw new ClusterException.Unreachable("get " + path + ": interrupted", e);
    } catch (TimeoutException e) {
      unwanted(coming);
      throw new ClusterException.Unreachable("get " + path + ": no answer in time", e);
    } catch (ExecutionException e) {
      throw KubernetesClientException.launderThrowable("get " + path, e.getCause());
    }
  }

  /// An answer that comes too late would keep its connection.
  private static void unwanted(CompletableFuture<HttpResponse<AsyncBody>> coming) {
    var _ =
        coming.whenComplete((late, error) -> {
          if (late != null) {
            late.body().cancel();
          }
        });
  }

  /// A page of a list may be long in coming.
  private long limit() {
    return 3L * client.getConfiguration().getRequestTimeout();
  }

  private KubernetesClientException refused(
      String path, HttpResponse<AsyncBody> answer, InputStream body) throws IOException {
    byte[] said = body.readNBytes(SAID);
    try {
      Status status =
          BinaryForm.is(answer.header("Content-Type"))
              ? BinaryForm.status(new ByteArrayInputStream(said))
              : client
                  .getKubernetesSerialization()
                  .unmarshal(new String(said, StandardCharsets.UTF_8), Status.class);
      if (status != null && status.getMessage() != null) {
        return new KubernetesClientException(status);
      }
    } catch (IOException | RuntimeException e) {
      // A proxy's own page.
    }
    int code = answer.code();
    return new KubernetesClientException("get " + path + ": answer " + code, code, null);
  }
}
