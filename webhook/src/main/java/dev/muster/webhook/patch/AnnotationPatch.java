package dev.muster.webhook.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Writes the intent "these annotations shall be set, those shall be gone" as the smallest patch of
/// one object: nothing else of it is touched, and nothing is written that already holds.
public final class AnnotationPatch {
  private static final Pointer ANNOTATIONS = Pointer.of("metadata", "annotations");

  private AnnotationPatch() {}

  public static Patch of(JsonNode object, Map<String, String> set, Collection<String> gone) {
    var present = object.path("metadata").path("annotations");
    var operations = new ArrayList<Operation>();
    for (var each : new TreeMap<>(set).entrySet()) {
      var value = TextNode.valueOf(each.getValue());
      if (!value.equals(present.get(each.getKey()))) {
        operations.add(new Operation.Add(ANNOTATIONS.with(each.getKey()), value));
      }
    }
    for (var each : new TreeSet<>(gone)) {
      if (present.has(each) && !set.containsKey(each)) {
        operations.add(new Operation.Remove(ANNOTATIONS.with(each)));
      }
    }
    if (!operations.isEmpty() && (present.isMissingNode() || present.isNull())) {
      // Adding a member to an absent or null parent is refused.
      operations.addFirst(new Operation.Add(ANNOTATIONS, JsonNodeFactory.instance.objectNode()));
    }
    return new Patch(operations);
  }
}
