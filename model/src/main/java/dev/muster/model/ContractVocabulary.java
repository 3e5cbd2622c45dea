package dev.muster.model;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The names of the administrator's configuration that annotations may refer to.
///
/// @param plans by name
/// @param profiles engine profiles
/// @param hookSets names of the profiles' hook sets
/// @param checks names of the configuration's checks
public record ContractVocabulary(
    Map<String, Plan> plans,
    Optional<String> defaultPlan,
    Set<String> stores,
    Set<String> profiles,
    Set<String> hookSets,
    Set<String> checks) {

  public ContractVocabulary {
    plans = Map.copyOf(plans);
    stores = Set.copyOf(stores);
    profiles = Set.copyOf(profiles);
    hookSets = Set.copyOf(hookSets);
    checks = Set.copyOf(checks);
  }
}
