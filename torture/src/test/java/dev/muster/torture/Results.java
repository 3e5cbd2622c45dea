package dev.muster.torture;

import dev.muster.repository.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What `dev/torture` adds up: a file for each part.
final class Results {

  private static final Path FOLDER = Path.of("target", "torture");

  private Results() {}

  static void write(String part, Map<String, Object> figures) throws IOException {
    Files.createDirectories(FOLDER);
    Files.write(FOLDER.resolve(part + ".json"), Json.encode(figures));
  }
}
