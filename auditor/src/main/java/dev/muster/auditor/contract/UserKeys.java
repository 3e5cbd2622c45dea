package dev.muster.auditor.contract;

import dev.muster.model.ContractKey;
import dev.muster.model.Managed;
import java.util.Map;
import java.util.TreeMap;

/// Keys of the contract that people wrote, as opposed to those that Muster wrote.
public final class UserKeys {

  private UserKeys() {}

  public static Map<String, String> of(Map<String, String> annotations) {
    Managed managed = Managed.of(annotations);
    Map<String, String> said = new TreeMap<>();
    annotations.forEach((key, value) -> {
      boolean ours = key.startsWith(ContractKey.PREFIX);
      boolean mark = key.equals(ContractKey.MANAGED.annotation());
      if (ours && !mark && !managed.wrote(key, value)) {
        said.put(key, value);
      }
    });
    return said;
  }

  /// Of several objects; the later ones are nearer and win.
  @SafeVarargs
  public static Map<String, String> of(Map<String, String>... farthestFirst) {
    Map<String, String> said = new TreeMap<>();
    for (Map<String, String> annotations : farthestFirst) {
      said.putAll(of(annotations));
    }
    return said;
  }
}
