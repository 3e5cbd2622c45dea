package dev.muster.repository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Tools that the source tree builds for its tests.
public final class TestTools {

  private TestTools() {}

  /// The path of a tool of `dev/tools`.
  public static String path(String name) throws IOException, InterruptedException {
    Path root = Path.of(System.getProperty("muster.root", ".."));
    Process process =
        new ProcessBuilder(root.resolve("dev/tools/path").toString(), name)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String path =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("dev/tools/path " + name + " failed");
    }
    return path;
  }
}
