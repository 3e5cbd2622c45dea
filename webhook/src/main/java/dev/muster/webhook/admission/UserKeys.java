package dev.muster.webhook.admission;

import dev.muster.model.ContractKey;
import dev.muster.model.Managed;
import java.util.Map;
import java.util.TreeMap;

/// The annotations of the contract that the user wrote: not those that Muster wrote itself, which
/// would otherwise argue for themselves.
final class UserKeys {
  private UserKeys() {}

  static Map<String, String> of(Map<String, String> annotations) {
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
}
