package dev.muster.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.model.Beginning;

/// The containers and volumes of a Pod or a Pod template, reduced to what shows an engine.
record PodShape(JsonNode spec, JsonNode claimTemplates) {
  static final int CONTAINERS = 8;
  private static final int VOLUMES = 16;
  private static final int TEXT = 128;

  /// @param kind a Pod, or a StatefulSet for whatever has a Pod's template; else there is nothing
  static PodShape of(String kind, JsonNode object) {
    var nothing = JsonNodeFactory.instance.missingNode();
    return switch (kind) {
      case "StatefulSet" ->
          new PodShape(
              object.path("spec").path("template").path("spec"),
              object.path("spec").path("volumeClaimTemplates"));
      case "Pod" -> new PodShape(object.path("spec"), nothing);
      default -> new PodShape(nothing, nothing);
    };
  }

  void into(ObjectNode input) {
    var containers = input.putArray("containers");
    spec.path("containers")
        .valueStream()
        .limit(CONTAINERS)
        .forEach(each -> ContainerShape.of(each).into(containers.addObject()));
    var volumes = input.putArray("volumes");
    claimTemplates
        .valueStream()
        .limit(VOLUMES)
        .forEach(each -> volume(volumes.addObject(), each.path("metadata"), "claim-template"));
    spec.path("volumes")
        .valueStream()
        .limit(VOLUMES)
        .forEach(each -> volume(volumes.addObject(), each, source(each)));
  }

  private static void volume(ObjectNode into, JsonNode volume, String source) {
    into.put("name", cut(volume.path("name").asText(""))).put("source", source);
  }

  private static String source(JsonNode volume) {
    if (volume.has("persistentVolumeClaim")) {
      return "claim";
    }
    if (volume.has("ephemeral")) {
      return "ephemeral";
    }
    if (volume.has("emptyDir")) {
      return "empty-dir";
    }
    return volume.has("hostPath") ? "host-path" : "other";
  }

  private static String cut(String text) {
    return Beginning.of(text, TEXT);
  }
}
