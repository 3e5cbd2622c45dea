package dev.muster.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The engine profiles in force, by name. Read by [EngineProfilesReader].
///
/// @param hooks also of engines that have nothing else
public record EngineProfiles(Map<String, EngineProfile> byName, HookTable hooks) {
  public EngineProfiles {
    byName = Map.copyOf(byName);
  }

  public Optional<EngineProfile> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Set<String> names() {
    return new TreeMap<>(byName).navigableKeySet();
  }
}
