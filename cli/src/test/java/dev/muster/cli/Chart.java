package dev.muster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.muster.config.Configuration;
import dev.muster.config.ConfigurationReader;
import dev.muster.testkit.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The chart as the real helm renders it.
final class Chart {

  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  private Chart() {}

  static Path folder() {
    return Path.of(System.getProperty("muster.root", ".."))
        .resolve("charts/muster")
        .toAbsolutePath();
  }

  static List<JsonNode> rendered(String... values) {
    return parsed(
        text(Stream.of(values).flatMap(value -> Stream.of("--set-json", value)).toList()));
  }

  /// What helm prints with these options.
  static String text(List<String> options) {
    List<String> command =
        new ArrayList<>(
            List.of(Tools.path("helm"), "template", "muster", folder().toString(), "-n", "muster"));
    command.addAll(options);
    return Tools.run(Path.of("."), command.toArray(String[]::new));
  }

  static List<JsonNode> parsed(String text) {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
      return documents.readAll().stream().filter(JsonNode::isObject).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the chart renders no YAML", e);
    }
  }

  /// The muster.yaml among the objects.
  static Configuration configuration(List<JsonNode> all) {
    JsonNode map = of(all, "ConfigMap", "muster-config");
    return ConfigurationReader.read("values", map.at("/data").path("muster.yaml").asText());
  }

  static List<JsonNode> of(List<JsonNode> all, String kind) {
    return all.stream().filter(object -> object.path("kind").asText().equals(kind)).toList();
  }

  static JsonNode of(List<JsonNode> all, String kind, String name) {
    return of(all, kind).stream()
        .filter(object -> object.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the chart has no " + kind + " " + name));
  }
}
