package dev.muster.policies.rego;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Muster's own Rego, as the build packed it beside what it compiled from it.
final class PackedRego {
  private static final String ROOT = "/rego/";

  private PackedRego() {}

  /// Writes `muster/` and `capabilities.json` into the folder.
  static void write(Path folder) {
    for (String name : text(ROOT + "index").lines().toList()) {
      Path file = folder.resolve(name);
      try {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text(ROOT + name));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write " + file, e);
      }
    }
  }

  private static String text(String resource) {
    try (InputStream in = PackedRego.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not packed");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }
}
