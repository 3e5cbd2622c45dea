package dev.muster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.Query;
import dev.muster.config.Configuration.Level;
import dev.muster.config.TextFile;
import dev.muster.repository.Json;
import dev.muster.webhook.simulation.Manifests;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What is simulated, and the level of each namespace that the same input speaks of.
///
/// @param live whether the objects exist, and would be applied again
record SimulatedObjects(List<JsonNode> all, Map<String, Level> levels, boolean live) {

  private static final int MOST = 64 * TextFile.MEBIBYTE;

  /// What the webhook is called for.
  private static final Set<String> KINDS = Set.of("StatefulSet", "PersistentVolumeClaim", "Pod");

  /// @param path a file, a folder of YAML and JSON files, or `-`
  /// @param namespace of objects that name none
  static SimulatedObjects ofPath(String path, String namespace) {
    List<JsonNode> objects = new ArrayList<>();
    if (path.equals("-")) {
      objects.addAll(parsed("what was piped in", () -> TextFile.read(System.in, MOST)));
    } else {
      for (Path file : files(path)) {
        objects.addAll(parsed(file.toString(), () -> TextFile.read(file, MOST)));
      }
    }
    if (objects.isEmpty()) {
      // An empty pipe is most often a command that failed.
      throw new BadInput("no objects in " + (path.equals("-") ? "what was piped in" : path));
    }
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

  private static List<Path> files(String path) {
    if (path.isBlank()) {
      throw new BadInput("PATH is empty");
    }
    try {
      Path start = Path.of(path);
      return Files.isDirectory(start) ? below(start.toRealPath()) : List.of(start);
    } catch (IOException | UncheckedIOException e) {
      throw new BadInput("cannot read the folder " + path + ": " + e.getMessage(), e);
    }
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      return below
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().matches(".*\\.(ya?ml|json)"))
          .sorted()
          .toList();
    }
  }

  private interface Text {
    String read() throws IOException;
  }

  private static List<JsonNode> parsed(String name, Text text) {
    try {
      return Manifests.read(text.read());
    } catch (NoSuchFileException e) {
      throw new BadInput("no file or folder " + name, e);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInput(name + " holds no manifests: " + e.getMessage(), e);
    }
  }
}
