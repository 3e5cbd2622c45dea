package dev.muster.mover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// Prepares the shared folder of a backup or restore Pod: a pipe for each stream and probe, and a
/// folder for files by which containers wait for each other. All users may use them, since each
/// container may run as another one; the folder belongs to this Pod alone.
public final class Pipes {

  private static final String FOLDER = "rwxrwxrwx";
  private static final String PIPE = "rw-rw-rw-";

  private Pipes() {}

  /// Makes what is missing and keeps what is there.
  public static void make(Path folder, List<String> streams, List<String> probes)
      throws IOException {
    makePipes(folder(folder.resolve("streams")), streams);
    makePipes(folder(folder.resolve("probes")), probes);
    folder(folder.resolve("sync"));
  }

  private static void makePipes(Path folder, List<String> names) throws IOException {
    for (String name : names) {
      if (name.isEmpty() || name.startsWith(".") || name.contains("/")) {
        throw new IOException("not a name for a pipe: '" + name + "'");
      }
      Fifo.make(folder.resolve(name), PIPE);
    }
  }

  private static Path folder(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(FOLDER));
    }
    return path;
  }
}
