package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.auditor.inventory.Room;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a Policy of Kasten does, and with which namespaces.
record KastenPolicy(JsonNode policy) {
  static final String NAMESPACE = "k10.kasten.io/appNamespace";

  /// All that a `spec.actions[].action` can be.
  private static final Set<String> ACTIONS =
      Set.of(
          "backup",
          "backupCluster",
          "batchRestore",
          "export",
          "import",
          "report",
          "restore",
          "restoreCluster",
          "retire",
          "stage",
          "validate");

  /// `namespace/name`.
  String key() {
    return Said.text(policy, "/metadata/namespace") + "/" + Said.text(policy, "/metadata/name");
  }

  /// Actions that Kasten does not know: it runs none of a policy that has one.
  List<String> unknown() {
    return actions().stream().filter(action -> !ACTIONS.contains(action)).toList();
  }

  private List<String> actions() {
    return policy
        .at("/spec/actions")
        .valueStream()
        .map(each -> each.path("action").asText(""))
        .toList();
  }

  boolean backsUp() {
    return actions().contains("backup");
  }

  boolean paused() {
    return policy.at("/spec/paused").asBoolean(false);
  }

  /// Whether it takes all of a namespace: nothing filtered, and no failed volume passed over.
  boolean whole() {
    return backsUp()
        && policy
            .at("/spec/actions")
            .valueStream()
            .filter(each -> each.path("action").asText("").equals("backup"))
            .map(each -> each.path("backupParameters"))
            .allMatch(each ->
                !each.path("ignoreExceptions").asBoolean(false)
                    && each.path("filters").valueStream().allMatch(JsonNode::isEmpty));
  }

  boolean means(Room room) {
    Map<String, String> labels = new HashMap<>(room.namespace().labels());
    labels.put(NAMESPACE, room.name());
    return LabelSelector.chooses(policy.at("/spec/selector"), labels);
  }
}
