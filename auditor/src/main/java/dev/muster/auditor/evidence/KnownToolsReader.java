package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.auditor.inventory.ClaimFacts;
import dev.muster.auditor.inventory.Metadata;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.cluster.ObjectName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Objects of tools that no reader here understands: found, and no evidence. An intent for the
/// claim that one names, else for those that it selects, else for all of the namespaces that it
/// lists or lives in.
final class KnownToolsReader implements ToolReader {
  private static final List<String> CLAIMS =
      List.of(
          "/spec/persistentVolumeClaim/claimName",
          "/spec/persistentVolumeClaim",
          "/spec/persistentVolumeClaimName",
          "/spec/source/persistentVolumeClaimName",
          "/spec/claimName",
          "/spec/pvcName",
          "/spec/pvc");

  private final Map<GroupVersionResource, String> tools = KnownTools.resources();

  @Override
  public String name() {
    return "other tools";
  }

  @Override
  public List<GroupVersionResource> resources() {
    return tools.keySet().stream()
        .sorted(Comparator.comparing(GroupVersionResource::toString))
        .toList();
  }

  /// It finds no points.
  @Override
  public boolean pointsHide() {
    return false;
  }

  @Override
  public void read(ToolObjects objects, Findings into) {
    for (GroupVersionResource resource : resources()) {
      for (JsonNode each : objects.of(resource)) {
        Intent intent =
            new Intent(
                String.valueOf(tools.get(resource)),
                Said.name(resource.plural(), each) + ", whose backups are not looked at");
        into.intent(meant(each, objects.claims()), intent);
      }
    }
  }

  private static List<ObjectName> meant(JsonNode object, Claims claims) {
    String own = Said.text(object, "/metadata/namespace");
    JsonNode selector = object.at("/spec/claimSelector");
    List<ObjectName> found =
        Stream.concat(named(object, own), matching(claims.in(own).stream(), selector)).toList();
    if (!found.isEmpty()) {
      return found;
    }
    Set<String> listed = Said.texts(object, "/spec/namespaces");
    return (listed.isEmpty() ? Set.of(own) : listed)
        .stream()
            .flatMap(namespace -> claims.in(namespace).stream())
            .map(ClaimFacts::metadata)
            .map(Metadata::objectName)
            .toList();
  }

  private static Stream<ObjectName> named(JsonNode object, String namespace) {
    JsonNode handle = object.at("/spec/resourceHandle");
    Stream<String> byHandle =
        handle.path("kind").asText("").equals("PersistentVolumeClaim")
            ? Stream.of(handle.path("name").asText(""))
            : Stream.empty();
    return Stream.concat(CLAIMS.stream().map(at -> Said.text(object, at)), byHandle)
        .flatMap(claim -> Said.claim(namespace, claim).stream());
  }

  private static Stream<ObjectName> matching(Stream<ClaimFacts> claims, JsonNode selector) {
    return claims
        .map(ClaimFacts::metadata)
        .filter(claim -> LabelSelector.chooses(selector, claim.labels()))
        .map(Metadata::objectName);
  }
}
