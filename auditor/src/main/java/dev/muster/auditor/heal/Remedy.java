package dev.muster.auditor.heal;

import dev.muster.model.Beginning;
import dev.muster.model.ContractKey;
import dev.muster.model.Managed;
import dev.muster.model.VeleroHooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The difference between what one object says and what it should say. Pure.
///
/// A key that a person wrote is never touched; one that Muster wrote follows the contract, and goes
/// with it.
///
/// @param change annotations to set, null to remove
/// @param words what changes, for people
record Remedy(Map<String, @Nullable String> change, List<String> words) {
  private static final int LONGEST = 40;

  Remedy {
    words = List.copyOf(words);
  }

  static Remedy of(Map<String, String> annotations, Map<String, String> asked) {
    Map<String, String> wanted = VeleroHooks.beside(annotations, asked);
    Managed before = Managed.of(annotations);
    Managed after = Managed.none();
    Map<String, @Nullable String> change = new TreeMap<>();
    List<String> words = new ArrayList<>();
    for (var entry : new TreeMap<>(wanted).entrySet()) {
      String present = annotations.get(entry.getKey());
      if (present != null && !before.wrote(entry.getKey(), present)) {
        continue;
      }
      after = after.with(entry.getKey(), entry.getValue());
      if (!entry.getValue().equals(present)) {
        change.put(entry.getKey(), entry.getValue());
        words.add(brief(entry.getKey()) + "=" + cut(entry.getValue()));
      }
    }
    for (String key : before.digests().keySet()) {
      String present = annotations.get(key);
      if (present != null && before.wrote(key, present) && !wanted.containsKey(key)) {
        change.put(key, null);
        words.add("without " + brief(key));
      }
    }
    mark(annotations, before, after, change);
    return new Remedy(change, words);
  }

  boolean isEmpty() {
    return change.isEmpty();
  }

  private static void mark(
      Map<String, String> annotations,
      Managed before,
      Managed after,
      Map<String, @Nullable String> change) {
    String key = ContractKey.MANAGED.annotation();
    if (after.digests().isEmpty()) {
      if (annotations.containsKey(key)) {
        change.put(key, null);
      }
    } else if (!after.digests().equals(before.digests())) {
      change.put(key, after.text());
    }
  }

  /// The command of a hook is long, and told by `kubectl describe`.
  private static String cut(String value) {
    return value.length() <= LONGEST ? value : Beginning.of(value, LONGEST) + "…";
  }

  private static String brief(String key) {
    return key.startsWith(ContractKey.PREFIX) ? key.substring(ContractKey.PREFIX.length()) : key;
  }
}
