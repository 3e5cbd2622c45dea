package dev.muster.auditor.coverage;

import dev.muster.auditor.contract.Engine;
import java.util.Set;

/// Where an engine keeps its data.
final class DataDirectory {

  private DataDirectory() {}

  /// Whether a mount holds the engine's data directory: the same, a parent, or a child of it.
  static boolean at(Engine engine, String mountPath) {
    String data = slashed(engine.profile().drill().dataDir());
    String mount = slashed(mountPath);
    return data.startsWith(mount) || mount.startsWith(data);
  }

  /// @param mounts `container:path`
  static boolean among(Engine engine, Set<String> mounts) {
    String prefix = engine.container() + ":";
    return mounts.stream()
        .filter(mount -> mount.startsWith(prefix))
        .anyMatch(mount -> at(engine, mount.substring(prefix.length())));
  }

  private static String slashed(String path) {
    return path.endsWith("/") ? path : path + "/";
  }
}
