package dev.muster.config;

import java.util.List;
import java.util.Map;

/// What the controls demand of all volumes, and of those in a scope.
///
/// @param scopes the first that holds a volume counts
public record Controls(ControlParameters defaults, List<Scope> scopes) {

  public Controls {
    scopes = List.copyOf(scopes);
  }

  public ControlParameters of(
      String namespace, Map<String, String> namespaceLabels, Map<String, String> workloadLabels) {
    return scopes.stream()
        .filter(scope -> scope.holds(namespace, namespaceLabels, workloadLabels))
        .findFirst()
        .map(Scope::parameters)
        .orElse(defaults);
  }

  /// Volumes for which something else is demanded. What is empty says nothing; of the rest all must
  /// hold.
  ///
  /// @param namespaces one of them
  /// @param workloadLabels of a volume that nobody uses none holds
  public record Scope(
      List<NamePattern> namespaces,
      Map<String, String> namespaceLabels,
      Map<String, String> workloadLabels,
      ControlParameters parameters) {

    public Scope {
      namespaces = List.copyOf(namespaces);
      namespaceLabels = Map.copyOf(namespaceLabels);
      workloadLabels = Map.copyOf(workloadLabels);
    }

    boolean empty() {
      return namespaces.isEmpty() && namespaceLabels.isEmpty() && workloadLabels.isEmpty();
    }

    private boolean holds(
        String name, Map<String, String> namespace, Map<String, String> workload) {
      return (namespaces.isEmpty() || namespaces.stream().anyMatch(each -> each.matches(name)))
          && namespace.entrySet().containsAll(namespaceLabels.entrySet())
          && workload.entrySet().containsAll(workloadLabels.entrySet());
    }
  }
}
