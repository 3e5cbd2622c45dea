package dev.muster.model;

import java.util.List;
import java.util.Map;

/// A contract as read, with everything that was wrong and who said what.
public record ContractReading(
    Contract effective, List<Problem> problems, Map<ContractKey, Origin> origins) {

  public ContractReading {
    problems = List.copyOf(problems);
    origins = Map.copyOf(origins);
  }

  /// Whether every value was accepted; otherwise the verdict is `Unprotected: invalid contract`.
  public boolean valid() {
    return problems.isEmpty();
  }

  /// Whether somebody asked for protection: by `protect`, or by choosing a plan.
  public boolean wanted() {
    return effective.protect().orElse(origin(ContractKey.PLAN).compareTo(Origin.PLAN) > 0);
  }

  /// The origin of a key's effective value.
  public Origin origin(ContractKey key) {
    return origins.getOrDefault(key, Origin.DEFAULT);
  }

  /// Who said it, weakest first.
  public enum Origin {
    DEFAULT,
    PLAN,
    MANAGED,
    NAMESPACE,
    WORKLOAD,
    CLAIM
  }
}
