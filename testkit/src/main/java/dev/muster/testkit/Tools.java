package dev.muster.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Programs that tests run.
public final class Tools {

  private Tools() {}

  /// The path of a tool of `dev/tools`, built if need be.
  public static String path(String name) {
    Path root = Path.of(System.getProperty("muster.root", ".."));
    return run(Path.of("."), root.resolve("dev/tools/path").toAbsolutePath().toString(), name)
        .lines()
        .toList()
        .getLast();
  }

  /// The folder of programs of a newer Debian, `bin` in it, from `dev/tools/debian.txt`; fetched if
  /// need be.
  public static Path debian(String name) {
    Path root = Path.of(System.getProperty("muster.root", ".."));
    return Path.of(
        run(Path.of("."), root.resolve("dev/tools/debian").toAbsolutePath().toString(), name)
            .lines()
            .toList()
            .getLast());
  }

  /// Runs a command to its end in a folder and returns what it printed; throws where it failed.
  public static String run(Path folder, String... command) {
    try {
      Path output = Files.createTempFile("muster-tool-", ".log");
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      int code = process.waitFor();
      String said = Files.readString(output, StandardCharsets.UTF_8);
      Files.delete(output);
      if (code != 0) {
        throw new IllegalStateException(List.of(command) + " exited " + code + ":\n" + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command[0], e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command[0], e);
    }
  }
}
