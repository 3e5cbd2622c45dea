package dev.muster.webhook.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.config.Yaml;
import dev.muster.config.YamlDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Objects as `kubectl apply -f` reads them: YAML or JSON documents, lists taken apart, empty
/// documents skipped.
public final class Manifests {
  private Manifests() {}

  /// @throws IOException for what is no YAML, with line and column
  /// @throws IllegalArgumentException for a document that is no object of Kubernetes
  public static List<JsonNode> read(String text) throws IOException {
    return located(text).stream().map(YamlDocument::tree).toList();
  }

  /// The same, each with the line of its document.
  public static List<YamlDocument> located(String text) throws IOException {
    List<YamlDocument> objects = new ArrayList<>();
    for (YamlDocument document : Yaml.located(text)) {
      add(document.tree(), document.line(), objects);
    }
    return objects;
  }

  private static void add(JsonNode document, int line, List<YamlDocument> objects) {
    boolean empty = document.isValueNode() && document.asText("").isBlank();
    if (empty || document.isNull() || document.isMissingNode()) {
      return;
    }
    if (!document.path("kind").isTextual() || !document.path("apiVersion").isTextual()) {
      throw new IllegalArgumentException("a document without apiVersion and kind");
    }
    if (document.path("items").isArray()) {
      document.path("items").forEach(item -> add(item, line, objects));
    } else {
      objects.add(new YamlDocument(document, line));
    }
  }
}
