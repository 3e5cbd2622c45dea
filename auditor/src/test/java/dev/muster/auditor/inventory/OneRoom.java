package dev.muster.auditor.inventory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/// An inventory of one namespace, which tests fill.
final class OneRoom {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "shop";

  private final ObjectReader reader = new ObjectReader();
  private final Inventory inventory = new Inventory();

  Room room() {
    return inventory.find(NAME).orElseThrow();
  }

  /// @param owner `Kind/name` of its controller; empty for none
  /// @param keys more of `metadata`, each after a comma
  Facts put(Kind kind, String name, String owner, String keys, String spec)
      throws JsonProcessingException {
    String[] parts = owner.split("/", 2);
    String owners =
        owner.isEmpty()
            ? ""
            : ", \"ownerReferences\": [{\"controller\": true, \"kind\": \"%s\", \"name\": \"%s\"}]"
                .formatted(parts[0], parts[1]);
    Facts facts =
        reader.read(
            kind,
            JSON.readTree(
                "{\"metadata\": {\"namespace\": \"%s\", \"name\": \"%s\"%s%s}, \"spec\": {%s}}"
                    .formatted(NAME, name, keys, owners, spec)));
    inventory.put(facts);
    return facts;
  }
}
