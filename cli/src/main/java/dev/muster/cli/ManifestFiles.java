package dev.muster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.auditor.report.Source;
import dev.muster.config.TextFile;
import dev.muster.config.YamlDocument;
import dev.muster.webhook.simulation.Manifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The objects of a file, of a folder of YAML and JSON files, or of what is piped in.
final class ManifestFiles {

  private static final int MOST = 64 * TextFile.MEBIBYTE;

  private ManifestFiles() {}

  /// @param path `-` for what is piped in
  static List<JsonNode> read(String path) {
    return located(path).stream().map(Found::object).toList();
  }

  /// The same, each with its place.
  static List<Found> located(String path) {
    List<Found> objects = new ArrayList<>();
    if (path.equals("-")) {
      parsed("what was piped in", () -> TextFile.read(System.in, MOST))
          .forEach(document -> objects.add(new Found(document.tree(), Optional.empty())));
    } else {
      for (Path file : files(path)) {
        parsed(file.toString(), () -> TextFile.read(file, MOST))
            .forEach(document -> objects.add(Found.in(file, document)));
      }
    }
    if (objects.isEmpty()) {
      // An empty pipe is most often a command that failed.
      throw new BadInput("no objects in " + (path.equals("-") ? "what was piped in" : path));
    }
    return objects;
  }

  private static List<Path> files(String path) {
    if (path.isBlank()) {
      throw new BadInput("PATH is empty");
    }
    try {
      Path start = Path.of(path);
      return Files.isDirectory(start) ? below(start) : List.of(start);
    } catch (IOException | UncheckedIOException e) {
      throw new BadInput("cannot read the folder " + path + ": " + e.getMessage(), e);
    }
  }

  private static List<Path> below(Path folder) throws IOException {
    // A folder that is a link is walked as well, and files keep the names that the user knows.
    try (Stream<Path> below = Files.walk(folder.resolve("."))) {
      return below
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().matches(".*\\.(ya?ml|json)"))
          .map(Path::normalize)
          .sorted()
          .toList();
    }
  }

  /// @param source where it is written, if in a file
  record Found(JsonNode object, Optional<Source> source) {
    private static Found in(Path file, YamlDocument document) {
      return new Found(document.tree(), Optional.of(new Source(file.toString(), document.line())));
    }
  }

  private interface Text {
    String read() throws IOException;
  }

  private static List<YamlDocument> parsed(String name, Text text) {
    try {
      return Manifests.located(text.read());
    } catch (NoSuchFileException e) {
      throw new BadInput("no file or folder " + name, e);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInput(name + " holds no manifests: " + e.getMessage(), e);
    }
  }
}
