package dev.muster.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.webhook.admission.Reviews;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A review that is well-formed whatever its words are, so that a fuzzer gets behind the parser: a
/// kind, an image, a container's name, and `key=value` for each annotation, line by line.
final class WrittenReview {
  private static final int LINES = 40;

  private WrittenReview() {}

  /// Empty for a body that may itself be JSON.
  static Optional<byte[]> of(byte[] text) {
    if (text.length == 0 || text[0] == '{') {
      return Optional.empty();
    }
    var lines = new String(text, StandardCharsets.UTF_8).split("\n", LINES);
    return lines.length < 3 ? Optional.empty() : Optional.of(body(List.of(lines)));
  }

  private static byte[] body(List<String> lines) {
    var object = JsonNodeFactory.instance.objectNode().put("kind", lines.getFirst());
    var annotations = object.putObject("metadata").put("name", "cache-db").putObject("annotations");
    for (var each : lines.subList(3, lines.size())) {
      var pair = each.split("=", 2);
      annotations.put(pair[0], pair.length > 1 ? pair[1] : "");
    }
    var spec = object.putObject("spec");
    pod(spec, lines);
    pod(spec.putObject("template").putObject("spec"), lines);
    return Reviews.body(object, request -> {});
  }

  private static void pod(ObjectNode spec, List<String> lines) {
    spec.putArray("containers").addObject().put("image", lines.get(1)).put("name", lines.get(2));
    spec.putArray("volumes").addObject().put("name", "data").putObject("persistentVolumeClaim");
  }
}
