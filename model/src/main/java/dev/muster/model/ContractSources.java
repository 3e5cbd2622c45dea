package dev.muster.model;

import java.util.Map;

/// The raw annotations from which one contract is read; other prefixes are ignored.
public record ContractSources(
    Map<String, String> namespace, Map<String, String> workload, Map<String, String> claim) {

  public ContractSources {
    namespace = Map.copyOf(namespace);
    workload = Map.copyOf(workload);
    claim = Map.copyOf(claim);
  }

  /// For where the namespace's annotations cannot be seen, as in admission.
  public static ContractSources ofWorkload(Map<String, String> workload) {
    return new ContractSources(Map.of(), workload, Map.of());
  }

  public static ContractSources of(Map<String, String> namespace, Map<String, String> workload) {
    return new ContractSources(namespace, workload, Map.of());
  }
}
