package dev.muster.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Lists objects as plain JSON, in pages.
final class PlainObjects {
  private static final String METADATA =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PAGE = 500;
  private static final int TRIES = 3;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final PlainCalls calls;

  PlainObjects(KubernetesClient client) {
    this.calls = new PlainCalls(client);
  }

  <T> Optional<List<T>> list(
      GroupVersionResource resource, @Nullable String namespace, ItemReading<T> reading) {
    return list(resource, first(resource, namespace), Accepted.JSON, reading);
  }

  <T> Optional<List<T>> list(
      GroupVersionResource resource,
      @Nullable String namespace,
      BinaryForm binary,
      ItemReading<T> reading) {
    String first = first(resource, namespace);
    try {
      return list(resource, first, Accepted.binary(binary), reading);
    } catch (ClusterException.Unreachable e) {
      if (unreadable(e.getCause())) {
        return list(resource, first, Accepted.JSON, reading);
      }
      throw e;
    }
  }

  private static boolean unreadable(@Nullable Throwable e) {
    return e instanceof UncheckedIOException && e.getCause() instanceof WholeBinary.Unreadable;
  }

  Optional<List<ObjectMeta>> metadata(GroupVersionResource resource, Map<String, String> labels) {
    String selector =
        labels.entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(","));
    return list(
        resource,
        first(resource, null) + "&labelSelector=" + encoded(selector),
        Accepted.json(METADATA),
        PlainObjects::metadata);
  }

  private static ObjectMeta metadata(JsonParser at) throws IOException {
    return JSON.convertValue(at.<JsonNode>readValueAsTree().path("metadata"), ObjectMeta.class);
  }

  private <T> Optional<List<T>> list(
      GroupVersionResource resource, String first, Accepted accept, ItemReading<T> reading) {
    try {
      return Answers.asking(
          "list " + resource,
          () ->
              known(resource)
                  ? Optional.of(all(resource, first, accept, reading))
                  : Optional.empty());
    } catch (UncheckedIOException e) {
      throw new ClusterException.Unreachable("list " + resource + ": " + e.getMessage(), e);
    }
  }

  /// Custom resources and aggregated ones are told as soon as they are registered.
  Set<String> groupVersions() {
    try {
      JsonNode found =
          Answers.asking(
              "list API groups",
              () ->
                  calls
                      .get("/apis", at -> at.<JsonNode>readValueAsTree())
                      .orElseThrow(() ->
                          new ClusterException.NotFound("list API groups: no answer to /apis")));
      Set<String> all = new HashSet<>();
      all.add("v1");
      found
          .path("groups")
          .valueStream()
          .flatMap(group -> group.path("versions").valueStream())
          .forEach(version -> all.add(version.path("groupVersion").asText()));
      return Set.copyOf(all);
    } catch (UncheckedIOException e) {
      throw new ClusterException.Unreachable("list API groups: " + e.getMessage(), e);
    }
  }

  /// Asked before the list: a server that has no such resource says 403 to whoever may not read it.
  private boolean known(GroupVersionResource resource) {
    return calls
        .get(resource.root(), at -> at.<JsonNode>readValueAsTree())
        .map(found ->
            found
                .path("resources")
                .valueStream()
                .anyMatch(each -> each.path("name").asText().equals(resource.plural())))
        .orElse(false);
  }

  private <T> List<T> all(
      GroupVersionResource resource, String first, Accepted accept, ItemReading<T> reading) {
    for (int tries = 1; ; tries++) {
      try {
        return pages(resource, first, accept, reading);
      } catch (KubernetesClientException e) {
        // The server forgot the state that the first pages showed.
        if (e.getCode() != HttpURLConnection.HTTP_GONE || tries == TRIES) {
          throw e;
        }
      }
    }
  }

  private static String first(GroupVersionResource resource, @Nullable String namespace) {
    String scope = namespace == null ? "" : "/namespaces/" + namespace;
    return resource.root() + scope + "/" + resource.plural() + "?limit=" + PAGE;
  }

  private <T> List<T> pages(
      GroupVersionResource resource, String first, Accepted accept, ItemReading<T> reading) {
    List<T> objects = new ArrayList<>();
    ListPage<T> page = new ListPage<>(reading, objects);
    Optional<String> path = Optional.of(first);
    while (path.isPresent()) {
      String token =
          page(path.get(), accept, page, objects)
              .orElseThrow(
                  () -> new ClusterException.NotFound("list " + resource + ": it is gone"));
      path =
          token.isEmpty() ? Optional.empty() : Optional.of(first + "&continue=" + encoded(token));
    }
    return objects;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// A busy server breaks off in the middle of a page now and then.
  private <T> Optional<String> page(
      String path, Accepted accept, ListPage<T> page, List<T> objects) {
    int before = objects.size();
    for (int tries = 1; ; tries++) {
      try {
        return calls.get(path, accept, page::read);
      } catch (UncheckedIOException e) {
        if (tries == TRIES || unreadable(e) || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        objects.subList(before, objects.size()).clear();
        LockSupport.parkNanos(PAUSE.toNanos() * tries);
      }
    }
  }
}
