package dev.muster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.Typed;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;

/// Manifests that hold data or use it; all others are passed over.
final class AuditedManifests {

  private AuditedManifests() {}

  /// @param namespace of objects that name none
  static List<HasMetadata> of(String path, String namespace) {
    Typed typed = new Typed();
    List<HasMetadata> objects = new ArrayList<>();
    for (JsonNode object : ManifestFiles.read(path)) {
      try {
        typed.of(object).ifPresent(objects::add);
      } catch (IllegalArgumentException e) {
        throw new BadInput(
            "%s %s is not of the shape of its kind: %s"
                .formatted(
                    object.path("kind").asText(),
                    object.at("/metadata/name").asText("without a name"),
                    String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
            e);
      }
    }
    objects.forEach(object -> place(object, namespace));
    return objects;
  }

  private static void place(HasMetadata object, String namespace) {
    if (object.getMetadata() == null || object.getMetadata().getName() == null) {
      throw new BadInput("a " + object.getKind() + " has no metadata.name");
    }
    if (object.getMetadata().getNamespace() == null) {
      object.getMetadata().setNamespace(namespace);
    }
  }
}
