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

  private static final List<Map.Entry<String, String>> TOOLS =
      List.copyOf(
          Map.of(
                  "k8up.io/backup", "K8up",
                  "k8up.syn.tools/backup", "K8up",
                  "stash.appscode.com/", "Stash",
                  "recurring-job.longhorn.io/", "Longhorn",
                  "recurring-job-group.longhorn.io/", "Longhorn",
                  "stork.libopenstorage.org/", "Stork",
                  "backup.velero.io/", "Velero",
                  "backup.ark.heptio.com/", "Ark")
              .entrySet());

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
      for (var tool : TOOLS) {
        if (key.getKey().startsWith(tool.getKey()) && on(key.getKey(), key.getValue())) {
          found.add(new Intent(tool.getValue(), key.getKey() + " on the " + on));
        }
      }
    }
  }

  private static boolean on(String key, String value) {
    return K8upAnnotation.is(key) ? K8upAnnotation.takes(value) : !OFF.contains(value);
  }
}
