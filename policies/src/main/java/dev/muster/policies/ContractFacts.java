package dev.muster.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.model.Contract;
import dev.muster.model.Hooks;
import java.util.Locale;

/// A contract as the policy `muster/admission` is asked about it.
final class ContractFacts {

  private ContractFacts() {}

  static ObjectNode of(Contract contract) {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.set(
        "protect",
        contract
            .protect()
            .<JsonNode>map(JsonNodeFactory.instance::booleanNode)
            .orElse(JsonNodeFactory.instance.nullNode()));
    facts.put("plan", contract.plan().orElse(""));
    facts.put("method", contract.method().name().toLowerCase(Locale.ROOT));
    facts.put("consistency", contract.consistency().name().toLowerCase(Locale.ROOT));
    facts.put("engine", contract.engine().word());
    facts.put("hooks", hooks(contract.hooks()));
    contract.excludeVolumes().forEach(facts.putArray("exclude_volumes")::add);
    return facts;
  }

  private static String hooks(Hooks hooks) {
    return switch (hooks) {
      case Hooks.Profile() -> "profile";
      case Hooks.Off() -> "off";
      case Hooks.Named(var set) -> set;
    };
  }
}
