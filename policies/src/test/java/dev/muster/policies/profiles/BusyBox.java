package dev.muster.policies.profiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The tools of an image that has no others, and an engine's programs.
final class BusyBox {
  private static final List<String> TOOLS =
      List.of(
          "basename",
          "cat",
          "cut",
          "date",
          "dd",
          "dirname",
          "grep",
          "head",
          "kill",
          "md5sum",
          "mkfifo",
          "mv",
          "od",
          "readlink",
          "rm",
          "sed",
          "sh",
          "sleep",
          "sort",
          "tail",
          "tee",
          "tr");

  private BusyBox() {}

  /// A new folder for a PATH.
  static Path bin(Path folder, String... programs) throws IOException {
    Path bin = Files.createDirectory(folder.resolve("busybox"));
    for (String tool : TOOLS) {
      Files.createSymbolicLink(bin.resolve(tool), Path.of("/usr/bin/busybox"));
    }
    for (String program : programs) {
      Files.createSymbolicLink(bin.resolve(Path.of(program).getFileName()), Path.of(program));
    }
    return bin;
  }
}
