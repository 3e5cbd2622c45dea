package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.auditor.inventory.ClaimFacts;
import dev.muster.auditor.inventory.Metadata;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.cluster.ObjectName;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Kanister: `cr.kanister.io/v1alpha1` ActionSet and Blueprint; names from its package
/// `pkg/apis/cr/v1alpha1`, 0.60 and 0.110.
///
/// An action `backup…` counts for its object if its ActionSet is `complete`, names a place outside
/// of the cluster, and names artifacts that no action `delete` was given; what its Blueprint keeps
/// as a snapshot of a volume lives with it.
final class KanisterReader implements ToolReader {
  private static final GroupVersionResource ACTION_SETS =
      new GroupVersionResource("cr.kanister.io", "v1alpha1", "actionsets");
  private static final GroupVersionResource BLUEPRINTS =
      new GroupVersionResource("cr.kanister.io", "v1alpha1", "blueprints");
  private static final String NAMESPACE = "namespace";
  private static final Map<String, String> KINDS =
      Map.of(
          "statefulset", "StatefulSet",
          "deployment", "Deployment",
          "daemonset", "DaemonSet",
          "pvc", "PersistentVolumeClaim",
          "persistentvolumeclaim", "PersistentVolumeClaim");
  private static final Set<String> SNAPSHOTS =
      Set.of("CreateCSISnapshot", "CreateCSISnapshotStatic", "CreateVolumeSnapshot");

  @Override
  public String name() {
    return "Kanister";
  }

  @Override
  public List<GroupVersionResource> resources() {
    return List.of(ACTION_SETS, BLUEPRINTS);
  }

  @Override
  public void read(ToolObjects objects, Findings into) {
    Set<JsonNode> deleted = new HashSet<>();
    for (JsonNode set : objects.of(ACTION_SETS)) {
      for (JsonNode action : set.at("/spec/actions")) {
        if (action.path("name").asText("").toLowerCase(Locale.ROOT).startsWith("delete")) {
          action.path("artifacts").forEach(deleted::add);
        }
      }
    }
    for (JsonNode set : objects.of(ACTION_SETS)) {
      JsonNode actions = set.at("/spec/actions");
      for (int i = 0; i < actions.size(); i++) {
        JsonNode action = actions.path(i);
        if (action.path("name").asText("").toLowerCase(Locale.ROOT).startsWith("backup")) {
          backup(set, action, set.at("/status/actions").path(i), deleted, objects, into);
        }
      }
    }
  }

  private void backup(
      JsonNode set,
      JsonNode action,
      JsonNode done,
      Set<JsonNode> deleted,
      ToolObjects objects,
      Findings into) {
    String object = Said.name("ActionSet", set);
    List<ObjectName> claims = claims(set, action.path("object"), objects.claims());
    switch (Said.text(set, "/status/state")) {
      case "complete" -> {
        JsonNode artifacts = done.path("artifacts");
        boolean kept = !artifacts.isEmpty() && artifacts.valueStream().noneMatch(deleted::contains);
        if (kept && outside(set, action, objects)) {
          // When it was asked for is the earliest that its data can be of.
          Said.time(set, "/metadata/creationTimestamp")
              .ifPresent(cut -> into.point(claims, new ForeignPoint(name(), object, cut)));
        } else if (kept) {
          into.intent(claims, new Intent(name(), object));
        }
      }
      case "failed" ->
          Said.time(set, "/metadata/creationTimestamp")
              .map(at -> new ForeignFailure(name(), object, at, error(set)))
              .ifPresent(failure -> into.failure(claims, failure));
      default -> into.intent(claims, new Intent(name(), object));
    }
  }

  /// What was made of a whole namespace need not be its volumes.
  private static boolean outside(JsonNode set, JsonNode action, ToolObjects objects) {
    if (Said.text(action, "/object/kind").equalsIgnoreCase(NAMESPACE)) {
      return false;
    }
    boolean place =
        !Said.text(action, "/profile/name").isEmpty()
            || !Said.text(action, "/repositoryServer/name").isEmpty();
    return place
        && objects.of(BLUEPRINTS).stream()
            .filter(
                each -> Said.text(each, "/metadata/name").equals(Said.text(action, "/blueprint")))
            .filter(each ->
                Said.text(each, "/metadata/namespace")
                    .equals(Said.text(set, "/metadata/namespace")))
            .map(each -> each.path("actions").path(action.path("name").asText("")).path("phases"))
            .anyMatch(phases ->
                !phases.isEmpty() && phases.valueStream().allMatch(KanisterReader::leaves));
  }

  private static boolean leaves(JsonNode phase) {
    return phase.path("func").isTextual() && !SNAPSHOTS.contains(phase.path("func").asText());
  }

  /// Older versions write the field as its name in Go.
  private static String error(JsonNode set) {
    String message = Said.text(set, "/status/error/message");
    return message.isEmpty() ? Said.text(set, "/status/error/Message") : message;
  }

  private static List<ObjectName> claims(JsonNode set, JsonNode object, Claims claims) {
    String kind = object.path("kind").asText("").toLowerCase(Locale.ROOT);
    if (kind.equals(NAMESPACE)) {
      return claims.in(object.path("name").asText("")).stream()
          .map(ClaimFacts::metadata)
          .map(Metadata::objectName)
          .toList();
    }
    ObjectNode target = JsonNodeFactory.instance.objectNode();
    target.put("kind", KINDS.getOrDefault(kind, ""));
    target.put("name", object.path("name").asText(""));
    target.put("namespace", object.path("namespace").asText(""));
    return claims.ofTarget(set, target);
  }
}
