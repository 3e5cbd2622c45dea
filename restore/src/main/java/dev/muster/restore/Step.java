package dev.muster.restore;

import java.util.Map;

/// One script of an engine profile, with the values it is given. Values reach it only through its
/// environment.
///
/// @param name of the container, a DNS label
public record Step(String name, String script, Map<String, String> environment) {
  public Step {
    environment = Map.copyOf(environment);
  }
}
