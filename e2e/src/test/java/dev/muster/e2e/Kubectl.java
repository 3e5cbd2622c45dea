package dev.muster.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The cluster as an outsider sees it.
record Kubectl(Shell shell, String program) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration DEADLINE = Duration.ofMinutes(5);

  Shell.Result run(String... arguments) {
    return run("", List.of(arguments));
  }

  /// With standard input.
  Shell.Result run(String input, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(arguments);
    return shell.run(DEADLINE, input, command);
  }

  /// Standard output of a call that must succeed.
  String ok(String... arguments) {
    return run(arguments).orFail();
  }

  void apply(String manifest) {
    run(manifest, List.of("apply", "-f", "-")).orFail();
  }

  /// One object, or a missing node where there is none.
  JsonNode get(String kind, String namespace, String name) {
    Shell.Result result =
        run("get", kind, name, "-n", namespace, "-o", "json", "--ignore-not-found");
    return tree(result.orFail());
  }

  /// All objects of a kind that carry the labels of the selector.
  List<JsonNode> list(String kind, String namespace, String selector) {
    String out = ok("get", kind, "-n", namespace, "-l", selector, "-o", "json");
    List<JsonNode> items = new ArrayList<>();
    tree(out).path("items").forEach(items::add);
    return items;
  }

  static JsonNode tree(String text) {
    try {
      return text.isBlank() ? JSON.missingNode() : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("not JSON: " + text, e);
    }
  }
}
