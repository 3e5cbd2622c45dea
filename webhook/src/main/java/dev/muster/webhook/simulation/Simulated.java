package dev.muster.webhook.simulation;

import java.util.List;
import java.util.Map;

/// What would happen to one object.
///
/// @param set annotations that would be written, by key
/// @param rules that spoke, by id
/// @param denial why it would be refused; else empty
/// @param reason why it was not judged, or not touched; empty where it was judged
/// @param restarts whether a Pod template would change, which restarts its Pods: never
public record Simulated(
    String namespace,
    String kind,
    String name,
    Decision decision,
    Map<String, String> set,
    List<String> warnings,
    List<String> rules,
    String denial,
    String reason,
    boolean restarts) {

  public Simulated {
    set = Map.copyOf(set);
    warnings = List.copyOf(warnings);
    rules = List.copyOf(rules);
  }

  public enum Decision {
    PATCHED,
    UNCHANGED,
    DENIED,
    /// None of the webhook's: another kind, an operator's, a system namespace.
    PASSED,
    /// Would be admitted unchanged, because it could not be judged.
    BROKEN
  }
}
