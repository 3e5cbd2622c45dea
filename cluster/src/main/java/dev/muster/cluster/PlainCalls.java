package dev.muster.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// Gets JSON and reads it while it comes: a page of a list may be larger than anybody wants to
/// hold.
final class PlainCalls {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int SAID = 64 << 10;

  private final KubernetesClient client;

  PlainCalls(KubernetesClient client) {
    this.client = client;
  }

  /// Empty where the path does not exist.
  ///
  /// @param reading of one JSON object
  <T> Optional<T> get(String path, ItemReading<T> reading) {
    HttpResponse<InputStream> answer = answer(path);
    try (InputStream body = answer.body()) {
      if (answer.code() == HttpURLConnection.HTTP_NOT_FOUND) {
        return Optional.empty();
      }
      if (!answer.isSuccessful()) {
        throw refused(path, answer.code(), body);
      }
      try (JsonParser at = JSON.createParser(body)) {
        if (at.nextToken() != JsonToken.START_OBJECT) {
          throw new ClusterException.Unreachable("get " + path + ": no JSON object");
        }
        return Optional.of(reading.read(at));
      }
    } catch (IOException e) {
      throw new ClusterException.Unreachable(
          "get " + path + ": the answer broke off or is no JSON", e);
    }
  }

  private HttpResponse<InputStream> answer(String path) {
    var http = client.getHttpClient();
    String server = client.getMasterUrl().toString().replaceFirst("/+$", "");
    HttpRequest request = http.newHttpRequestBuilder().uri(server + path).build();
    try {
      return http.sendAsync(request, InputStream.class).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException.Unreachable("get " + path + ": interrupted", e);
    } catch (ExecutionException e) {
      throw KubernetesClientException.launderThrowable("get " + path, e.getCause());
    }
  }

  private KubernetesClientException refused(String path, int code, InputStream body)
      throws IOException {
    String said = new String(body.readNBytes(SAID), StandardCharsets.UTF_8);
    try {
      Status status = client.getKubernetesSerialization().unmarshal(said, Status.class);
      if (status != null && status.getMessage() != null) {
        return new KubernetesClientException(status);
      }
    } catch (RuntimeException e) {
      // A proxy's own page.
    }
    return new KubernetesClientException("get " + path + ": answer " + code, code, null);
  }
}
