package dev.muster.webhook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/// A Secret as the kubelet mounts it: links to `..data`, which is swapped at once.
final class MountedSecret {
  private final Path folder;
  private int version;

  MountedSecret(Path folder) {
    this.folder = folder;
  }

  void write(Map<String, String> data) throws IOException {
    var next = Files.createDirectory(folder.resolve("..version-" + ++version));
    for (var each : data.entrySet()) {
      Files.writeString(next.resolve(each.getKey()), each.getValue());
      var link = folder.resolve(each.getKey());
      if (!Files.isSymbolicLink(link)) {
        Files.createSymbolicLink(link, Path.of("..data", each.getKey()));
      }
    }
    var fresh = Files.createSymbolicLink(folder.resolve("..data_tmp"), next.getFileName());
    Files.move(fresh, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
  }
}
