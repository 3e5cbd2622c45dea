package dev.muster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.Query;
import dev.muster.config.Configuration.Level;
import dev.muster.repository.Json;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is simulated, and the level of each namespace that the same input speaks of.
///
/// @param live whether the objects exist, and would be applied again
record SimulatedObjects(List<JsonNode> all, Map<String, Level> levels, boolean live) {

  /// What the webhook is called for.
  private static final Set<String> KINDS = Set.of("StatefulSet", "PersistentVolumeClaim", "Pod");

  /// @param path a file, a folder of YAML and JSON files, or `-`
  /// @param namespace of objects that name none
  static SimulatedObjects ofPath(String path, String namespace) {
    List<JsonNode> objects = ManifestFiles.read(path);
    objects.forEach(object -> place(object, namespace));
    return of(objects, false);
  }

  /// Where `kubectl apply -n` would put it.
  private static void place(JsonNode object, String namespace) {
    if (KINDS.contains(object.path("kind").asText())
        && object.path("metadata") instanceof ObjectNode metadata
        && metadata.path("namespace").asText("").isEmpty()) {
      metadata.put("namespace", namespace);
    }
  }

  static SimulatedObjects ofNamespace(Cluster cluster, String namespace) {
    List<JsonNode> objects = new ArrayList<>();
    objects.add(Json.tree(NamespaceName.in(cluster, namespace)));
    for (Class<? extends HasMetadata> kind :
        List.of(StatefulSet.class, PersistentVolumeClaim.class, Pod.class)) {
      cluster.list(kind, Query.in(namespace)).forEach(object -> objects.add(Json.tree(object)));
    }
    return of(objects, true);
  }

  Optional<Level> levelOf(JsonNode object) {
    return Optional.ofNullable(levels.get(object.at("/metadata/namespace").asText("")));
  }

  private static SimulatedObjects of(List<JsonNode> objects, boolean live) {
    Map<String, Level> levels = new HashMap<>();
    List<JsonNode> rest = new ArrayList<>();
    for (JsonNode object : objects) {
      if (object.path("kind").asText().equals("Namespace")) {
        labelled(object)
            .ifPresent(level -> levels.put(object.at("/metadata/name").asText(), level));
      } else {
        rest.add(object);
      }
    }
    return new SimulatedObjects(rest, levels, live);
  }

  /// What a Namespace says by its label; empty for none of the levels.
  static Optional<Level> labelled(JsonNode namespace) {
    return Level.of(namespace.path("metadata").path("labels").path(Level.LABEL).asText(""));
  }
}
