package dev.muster.webhook.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;

/// The containers and volumes of a Pod or a Pod template, reduced to what shows an engine.
record PodShape(JsonNode spec, JsonNode claimTemplates) {
  private static final int CONTAINERS = 8;
  private static final int VOLUMES = 16;
  private static final int EACH = 16;
  private static final int TEXT = 128;

  static PodShape of(Review review) {
    var nothing = JsonNodeFactory.instance.missingNode();
    return review
        .object()
        .map(object ->
            switch (review.kind()) {
              case "StatefulSet" ->
                  new PodShape(
                      object.path("spec").path("template").path("spec"),
                      object.path("spec").path("volumeClaimTemplates"));
              case "Pod" -> new PodShape(object.path("spec"), nothing);
              default -> new PodShape(nothing, nothing);
            })
        .orElse(new PodShape(nothing, nothing));
  }

  void into(ObjectNode input) {
    var containers = input.putArray("containers");
    spec.path("containers")
        .valueStream()
        .limit(CONTAINERS)
        .forEach(each -> container(containers.addObject(), each));
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

  private static void container(ObjectNode into, JsonNode container) {
    var image = cut(container.path("image").asText(""));
    var repository = repository(image);
    into.put("name", cut(container.path("name").asText("")));
    into.put("repository", repository);
    into.put("image", repository.substring(repository.lastIndexOf('/') + 1));
    into.put("tag", tag(image, repository));
    var ports = into.putArray("ports");
    each(container, "ports").map(each -> each.path("containerPort").asInt()).forEach(ports::add);
    var environment = into.putArray("environment");
    each(container, "env").map(each -> cut(each.path("name").asText(""))).forEach(environment::add);
    var mounts = into.putArray("mounts");
    each(container, "volumeMounts")
        .map(each -> cut(each.path("mountPath").asText("")))
        .forEach(mounts::add);
  }

  private static Stream<JsonNode> each(JsonNode container, String field) {
    return container.path(field).valueStream().limit(EACH);
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

  private static String repository(String image) {
    var named = image.split("@", 2)[0];
    int colon = named.lastIndexOf(':');
    return colon > named.lastIndexOf('/') ? named.substring(0, colon) : named;
  }

  private static String tag(String image, String repository) {
    var rest = image.substring(repository.length()).split("@", 2)[0];
    return rest.startsWith(":") ? rest.substring(1) : "";
  }

  private static String cut(String text) {
    return text.length() <= TEXT ? text : text.substring(0, TEXT);
  }
}
