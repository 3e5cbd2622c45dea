package dev.muster.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The page of `muster.yaml` has each key, and none that is not read.
class ConfigurationPageTest {

  private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE);

  @Test
  void pageHasEveryKeyAndNoOther() throws IOException {
    String page = Files.readString(Path.of("../docs/reference/configuration.md"));
    Set<String> said =
        ROW.matcher(page)
            .results()
            .map((MatchResult row) -> row.group(1))
            .filter(key -> !key.endsWith(".NAME"))
            .collect(Collectors.toCollection(TreeSet::new));

    Set<String> read = new TreeSet<>();
    try (var all = getClass().getResourceAsStream("/every-key.yaml")) {
      collect("", new YAMLMapper().readTree(all), read);
    }
    assertThat(said).isEqualTo(read);
  }

  private static void collect(String path, JsonNode node, Set<String> into) {
    if (path.endsWith("-labels")) {
      into.add(path);
      return;
    }
    if (node.path(0).isObject()) {
      collect(path + "[]", node.path(0), into);
      return;
    }
    if (!node.isObject()) {
      into.add(path);
      return;
    }
    for (var each : node.properties()) {
      boolean named = path.equals("plans") || path.equals("stores");
      String key = named ? "NAME" : each.getKey();
      collect(path.isEmpty() ? key : path + "." + key, each.getValue(), into);
    }
  }
}
