import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Writes objects beside the API server: a hundred thousand volumes with their users would take it
/// a quarter of an hour.
final class Etcd {
  private static final int BATCH = 100;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final List<String> batch = new ArrayList<>();

  Etcd(String url) {
    this.url = url;
  }

  void put(Map<String, String> objects) throws IOException, InterruptedException {
    for (var each : objects.entrySet()) {
      batch.add(
          "{\"requestPut\":{\"key\":\"%s\",\"value\":\"%s\"}}"
              .formatted(coded("/registry/" + each.getKey()), coded(each.getValue().replace("\n", ""))));
      if (batch.size() == BATCH) {
        flush();
      }
    }
  }

  void flush() throws IOException, InterruptedException {
    if (!batch.isEmpty()) {
      post("/v3/kv/txn", "{\"success\":[" + String.join(",", batch) + "]}");
      batch.clear();
    }
  }

  private void post(String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("etcd answers " + answer.statusCode() + ": " + answer.body());
    }
  }

  private static String coded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
