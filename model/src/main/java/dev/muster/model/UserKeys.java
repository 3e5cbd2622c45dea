package dev.muster.model;

import java.util.Map;
import java.util.TreeMap;

/// The annotations of the contract that the user wrote: not those that Muster wrote itself, which
/// would otherwise argue for themselves.
public final class UserKeys {
  private UserKeys() {}

  public static Map<String, String> of(Map<String, String> annotations) {
    var managed = Managed.of(annotations);
    var said = new TreeMap<String, String>();
    annotations.forEach((key, value) -> {
      if (key.startsWith(ContractKey.PREFIX)
          && !key.equals(ContractKey.MANAGED.annotation())
          && !managed.wrote(key, value)) {
        said.put(key, value);
      }
    });
    return said;
  }

  /// Of several objects; the later ones are nearer and win.
  @SafeVarargs
  public static Map<String, String> of(Map<String, String>... farthestFirst) {
    var said = new TreeMap<String, String>();
    for (var annotations : farthestFirst) {
      said.putAll(of(annotations));
    }
    return said;
  }
}
