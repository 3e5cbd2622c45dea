package dev.muster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.inventory.Kind;
import dev.muster.auditor.inventory.ObjectReader;
import dev.muster.auditor.report.Source;
import dev.muster.auditor.report.Sources;
import java.util.Optional;

/// Manifests that hold data or use it; all others are passed over.
final class AuditedManifests {
  private final Inventory inventory = new Inventory();
  private final Sources sources = new Sources();
  private final ObjectReader reader = new ObjectReader();
  private final String namespace;

  private AuditedManifests(String namespace) {
    this.namespace = namespace;
  }

  /// @param namespace of objects that name none
  static AuditedManifests of(String path, String namespace) {
    AuditedManifests manifests = new AuditedManifests(namespace);
    ManifestFiles.located(path).forEach(manifests::add);
    return manifests;
  }

  Inventory inventory() {
    return inventory;
  }

  /// Where the manifests are written.
  Sources sources() {
    return sources;
  }

  private void add(ManifestFiles.Found found) {
    JsonNode object = found.object();
    Optional<Kind> kind = Kind.of(object.path("apiVersion").asText(), object.path("kind").asText());
    if (kind.isEmpty()) {
      return;
    }
    try {
      JsonNode placed = placed(object, kind.get());
      inventory.put(reader.read(kind.get(), placed));
      found.source().ifPresent(source -> locate(placed, source));
    } catch (IllegalArgumentException e) {
      throw new BadInput(
          "%s %s is not of the shape of its kind: %s"
              .formatted(
                  kind.get().word(),
                  object.at("/metadata/name").asText("without a name"),
                  e.getMessage()),
          e);
    }
  }

  private void locate(JsonNode placed, Source source) {
    sources.put(
        placed.at("/metadata/namespace").asText(),
        placed.path("kind").asText(),
        placed.at("/metadata/name").asText(),
        source);
  }

  private JsonNode placed(JsonNode object, Kind kind) {
    if (object.at("/metadata/name").asText().isEmpty()) {
      throw new BadInput("a " + kind.word() + " has no metadata.name");
    }
    if (!kind.global()
        && object.at("/metadata/namespace").asText("").isBlank()
        && object.path("metadata") instanceof ObjectNode metadata) {
      metadata.put("namespace", namespace);
    }
    return object;
  }
}
