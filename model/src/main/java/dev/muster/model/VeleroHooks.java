package dev.muster.model;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Velero's hook annotations on a Pod. They belong together: where a person wrote one of them,
/// Muster adds none, or one's freeze would be ended by the other's thaw.
public final class VeleroHooks {
  /// Those that Muster may write.
  public static final Set<String> KEYS =
      Set.of(
          "pre.hook.backup.velero.io/container",
          "pre.hook.backup.velero.io/command",
          "pre.hook.backup.velero.io/on-error",
          "pre.hook.backup.velero.io/timeout",
          "post.hook.backup.velero.io/container",
          "post.hook.backup.velero.io/command",
          "post.hook.backup.velero.io/on-error",
          "post.hook.backup.velero.io/timeout");

  /// Those whose values run in a container.
  public static final Set<String> COMMANDS =
      Set.of("pre.hook.backup.velero.io/command", "post.hook.backup.velero.io/command");

  private VeleroHooks() {}

  /// What of the wanted annotations may be set beside those that are there.
  public static Map<String, String> beside(
      Map<String, String> annotations, Map<String, String> wanted) {
    Managed managed = Managed.of(annotations);
    boolean foreign =
        annotations.entrySet().stream()
            .anyMatch(each ->
                KEYS.contains(each.getKey()) && !managed.wrote(each.getKey(), each.getValue()));
    if (!foreign) {
      return wanted;
    }
    Map<String, String> rest = new TreeMap<>(wanted);
    rest.keySet().removeAll(KEYS);
    return rest;
  }
}
