package dev.muster.webhook;

import static dev.muster.webhook.Answer.holds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.model.ContractKey;
import dev.muster.model.Managed;
import dev.muster.webhook.patch.Applied;
import dev.muster.webhook.patch.Patch;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What holds for every patch and the object that it is for.
final class PatchProperties {
  private static final Pattern OURS =
      Pattern.compile(
          "muster\\.dev/.*"
              + "|(pre|post)\\.hook\\.backup\\.velero\\.io/(container|command|on-error|timeout)",
          Pattern.DOTALL);

  private PatchProperties() {}

  /// The patched object.
  static JsonNode applied(Patch patch, JsonNode object) {
    return switch (patch.apply(object)) {
      case Applied.To(JsonNode patched) -> {
        onlyAnnotationsChange(object, patched);
        onlyOursChange(object, patched);
        yield patched;
      }
      case Applied.Refused(String reason) ->
          throw new AssertionError("the patch does not apply: " + reason + " in " + object);
    };
  }

  private static void onlyAnnotationsChange(JsonNode before, JsonNode after) {
    holds(without(before).equals(without(after)), "only annotations change", after);
  }

  private static void onlyOursChange(JsonNode before, JsonNode after) {
    var old = annotations(before);
    var now = annotations(after);
    var managed = Managed.of(texts(old));
    for (var each : old.properties()) {
      var key = each.getKey();
      boolean kept = each.getValue().equals(now.get(key));
      boolean muster =
          key.equals(ContractKey.MANAGED.annotation())
              || managed.wrote(key, each.getValue().asText());
      holds(kept || ours(key), "only our keys change", key);
      holds(kept || muster, "the user wins", key);
    }
    for (var each : now.properties()) {
      boolean there = old.has(each.getKey());
      holds(there || ours(each.getKey()), "only our keys come", each);
      holds(there || each.getValue().isTextual(), "annotations are text", each);
    }
  }

  private static boolean ours(String key) {
    return OURS.matcher(key).matches();
  }

  private static JsonNode annotations(JsonNode object) {
    return object.path("metadata").path("annotations");
  }

  private static JsonNode without(JsonNode object) {
    var copy = object.<ObjectNode>deepCopy();
    if (copy.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove("annotations");
    }
    return copy;
  }

  private static Map<String, String> texts(JsonNode annotations) {
    var texts = new TreeMap<String, String>();
    for (var each : annotations.properties()) {
      if (each.getValue().isTextual()) {
        texts.put(each.getKey(), each.getValue().textValue());
      }
    }
    return texts;
  }
}
