package dev.muster.config;

import dev.muster.model.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Reads the section `controls`.
final class ControlsReader {
  private static final String NOBODY =
      "namespaces, namespace-labels or workload-labels, or all three";

  private ControlsReader() {}

  static Controls read(Node node) {
    ControlParameters defaults = parameters(node, Defaults.CONTROLS);
    return new Controls(
        defaults, node.list("scopes").stream().map(each -> scope(each, defaults)).toList());
  }

  private static Controls.Scope scope(Node node, ControlParameters defaults) {
    List<NamePattern> namespaces = node.texts("namespaces").stream().map(NamePattern::new).toList();
    var scope =
        new Controls.Scope(
            namespaces,
            node.textMap("namespace-labels"),
            node.textMap("workload-labels"),
            parameters(node, defaults));
    if (scope.empty()) {
      node.problem("namespaces", "", "the scope names nobody", NOBODY);
    }
    return scope;
  }

  /// Key by key.
  private static ControlParameters parameters(Node node, ControlParameters otherwise) {
    Node plan = node.child("plan-frequency-and-retention");
    return new ControlParameters(
        span(plan, "frequency", otherwise.frequency()),
        span(plan, "retention", otherwise.retention()),
        span(node.child("point-retention"), "retention", otherwise.pointRetention()),
        span(node.child("newest-point-within"), "within", otherwise.newestWithin()),
        span(node.child("restore-time-within"), "within").or(otherwise::restoreWithin),
        span(node.child("drill-passed-within"), "within", otherwise.drillWithin()));
  }

  private static Duration span(Node control, String key, Duration otherwise) {
    return span(control, key).orElse(otherwise);
  }

  private static Optional<Duration> span(Node control, String key) {
    return control.parsed(key, DurationText::parse);
  }
}
