package dev.muster.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lists objects as plain JSON, in pages.
final class PlainObjects {
  private static final int PAGE = 500;
  private static final int TRIES = 3;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final KubernetesClient client;

  PlainObjects(KubernetesClient client) {
    this.client = client;
  }

  Optional<List<JsonNode>> list(GroupVersionResource resource, @Nullable String namespace) {
    return Answers.asking(
        "list " + resource,
        () -> known(resource) ? Optional.of(all(resource, namespace)) : Optional.empty());
  }

  /// Asked before the list: a server that has no such resource says 403 to whoever may not read it.
  private boolean known(GroupVersionResource resource) {
    return get(resource.root())
        .map(found ->
            found
                .path("resources")
                .valueStream()
                .anyMatch(each -> each.path("name").asText().equals(resource.plural())))
        .orElse(false);
  }

  private List<JsonNode> all(GroupVersionResource resource, @Nullable String namespace) {
    for (int tries = 1; ; tries++) {
      try {
        return pages(resource, namespace);
      } catch (KubernetesClientException e) {
        // The server forgot the state that the first pages showed.
        if (e.getCode() != HttpURLConnection.HTTP_GONE || tries == TRIES) {
          throw e;
        }
      }
    }
  }

  private List<JsonNode> pages(GroupVersionResource resource, @Nullable String namespace) {
    String scope = namespace == null ? "" : "/namespaces/" + namespace;
    String first = resource.root() + scope + "/" + resource.plural() + "?limit=" + PAGE;
    List<JsonNode> objects = new ArrayList<>();
    String token = "";
    do {
      String path = token.isEmpty() ? first : first + "&continue=" + escaped(token);
      JsonNode page =
          get(path)
              .orElseThrow(
                  () -> new ClusterException.NotFound("list " + resource + ": it is gone"));
      page.path("items").forEach(objects::add);
      token = page.path("metadata").path("continue").asText("");
    } while (!token.isEmpty());
    return objects;
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// Empty where the path does not exist.
  private Optional<JsonNode> get(String path) {
    String text = client.raw(path);
    try {
      return text == null ? Optional.empty() : Optional.of(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw new ClusterException.Unreachable("get " + path + ": no JSON", e);
    }
  }
}
