package dev.muster.auditor.coverage;

import dev.muster.auditor.evidence.Intent;
import dev.muster.auditor.evidence.K8upAnnotation;
import dev.muster.auditor.inventory.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Annotations and labels by which other tools say that they mean a claim. Read, honoured, and
/// never written: an intent, no evidence.
final class Intents {

  private static final Set<String> OFF = Set.of("false", "disabled");

  /// One that ends with a slash stands for all that begin with it. Hooks of Velero are not among
  /// them: Muster sets some itself.
  private static final List<Map.Entry<String, String>> TOOLS =
      List.of(
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

  static List<Intent> of(Metadata claim, Map<String, String> podAnnotations) {
    List<Intent> found = new ArrayList<>();
    collect(found, claim.annotations(), "claim");
    collect(found, claim.labels(), "claim");
    collect(found, podAnnotations, "Pod template");
    return found.isEmpty() ? List.of() : found.stream().distinct().toList();
  }

  private static void collect(List<Intent> found, Map<String, String> keys, String on) {
    for (var key : keys.entrySet()) {
      if (!on(key.getKey(), key.getValue())) {
        continue;
      }
      for (var tool : TOOLS) {
        if (means(tool.getKey(), key.getKey())) {
          found.add(new Intent(tool.getValue(), key.getKey() + " on the " + on));
        }
      }
    }
  }

  private static boolean means(String known, String key) {
    return known.endsWith("/") ? key.startsWith(known) : key.equals(known);
  }

  private static boolean on(String key, String value) {
    return K8upAnnotation.is(key)
        ? K8upAnnotation.takes(value)
        : !OFF.contains(value) && !OTHERWISE.contains(key);
  }
}
