package dev.muster.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The policy fixtures of `rego/fixtures`, as `opa test` sees them.
record Fixture(String name, String entrypoint, JsonNode input, JsonNode expected) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  static List<Fixture> all() throws IOException {
    Path root = Path.of(System.getProperty("muster.root")).resolve("policies/rego/fixtures");
    List<Fixture> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        String entrypoint = "muster/" + root.relativize(file).getName(0);
        JsonNode cases = MAPPER.readTree(file.toFile());
        cases
            .properties()
            .forEach(one ->
                all.add(
                    new Fixture(
                        one.getKey(),
                        entrypoint,
                        one.getValue().path("input"),
                        one.getValue().path("expected"))));
      }
    }
    return all;
  }

  @Override
  public String toString() {
    return entrypoint + " " + name;
  }
}
