package dev.muster.auditor.coverage;

import dev.muster.auditor.evidence.K8upAnnotation;
import dev.muster.auditor.inventory.Metadata;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Annotations and labels by which other tools say that they mean a claim. Read, honoured, and
/// never written: an intent, no evidence.
final class Intents {

  private static final Set<String> OFF = Set.of("false", "disabled");

  /// One that ends with a slash stands for all that begin with it. Hooks of Velero are not among
  /// them: Muster sets some itself.
  private static final Map<String, String> TOOLS =
      Map.ofEntries(
          Map.entry("k8up.io/backup", "K8up"),
          Map.entry("k8up.io/backupcommand", "K8up"),
          Map.entry("k8up.syn.tools/backup", "K8up"),
          Map.entry("k8up.syn.tools/backupcommand", "K8up"),
          Map.entry("stash.appscode.com/", "Stash"),
          Map.entry("blueprint.kubestash.com/", "KubeStash"),
          Map.entry("recurring-job.longhorn.io/", "Longhorn"),
          Map.entry("recurring-job-group.longhorn.io/", "Longhorn"),
          Map.entry("stork.libopenstorage.org/", "Stork"),
          Map.entry("kanister.kasten.io/blueprint", "Kasten"),
          Map.entry("k10.kasten.io/forcegenericbackup", "Kasten"),
          Map.entry("volsync.backube/use-copy-trigger", "VolSync"),
          Map.entry("backup.velero.io/backup-volumes", "Velero"),
          Map.entry("backup.ark.heptio.com/", "Ark"),
          Map.entry("hook.backup.ark.heptio.com/", "Ark"),
          Map.entry("pre.hook.backup.ark.heptio.com/", "Ark"),
          Map.entry("post.hook.backup.ark.heptio.com/", "Ark"));

  /// They leave something out, or say where Pods run.
  private static final Set<String> OTHERWISE =
      Set.of(
          "stork.libopenstorage.org/disableHyperconvergence",
          "stork.libopenstorage.org/preferLocalNodeOnly",
          "stork.libopenstorage.org/preferRemoteNode",
          "stork.libopenstorage.org/preferRemoteNodeOnly",
          "stork.libopenstorage.org/skip-resource",
          "stork.libopenstorage.org/skipSchedulerScoring");

  private Intents() {}

  /// The tools that mean a claim.
  static SortedSet<String> of(Metadata claim, Map<String, String> podAnnotations) {
    SortedSet<String> tools = new TreeSet<>();
    collect(tools, claim.annotations());
    collect(tools, claim.labels());
    collect(tools, podAnnotations);
    return tools;
  }

  private static void collect(Set<String> tools, Map<String, String> keys) {
    for (var key : keys.entrySet()) {
      String tool = tool(key.getKey());
      if (tool != null && on(key.getKey(), key.getValue())) {
        tools.add(tool);
      }
    }
  }

  private static @Nullable String tool(String key) {
    String tool = TOOLS.get(key);
    int slash = key.indexOf('/');
    return tool != null || slash < 0 ? tool : TOOLS.get(key.substring(0, slash + 1));
  }

  private static boolean on(String key, String value) {
    return K8upAnnotation.is(key)
        ? K8upAnnotation.takes(value)
        : !OFF.contains(value) && !OTHERWISE.contains(key);
  }
}
