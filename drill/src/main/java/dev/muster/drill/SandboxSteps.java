package dev.muster.drill;

import dev.muster.restore.ContainerEnd;
import dev.muster.restore.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The scripts of a drill's Pods, in the order in which they run.
final class SandboxSteps {
  private static final String REACH = "reach-engine";
  private static final String CHECK = "check-";
  private static final String UNTIL_READY =
      """
      n=0
      until sh -c "$MUSTER_READY"; do
        n=$((n + 1)); [ "$n" -lt 15 ] || exit 1
        sleep 2
      done
      """;

  private final DrillEngine engine;

  SandboxSteps(DrillEngine engine) {
    this.engine = engine;
  }

  static String check(String stream) {
    return CHECK + stream;
  }

  /// First a client proves that it reaches the engine at all, so that a network in the way is not
  /// taken for a bad backup.
  List<Step> restoring(String address) {
    List<Step> steps = new ArrayList<>();
    steps.add(at(address, new Step(REACH, UNTIL_READY, Map.of("MUSTER_READY", engine.ready()))));
    engine.restore().forEach(step -> steps.add(at(address, step)));
    return steps;
  }

  List<Step> checking(String address) {
    List<Step> steps = new ArrayList<>();
    engine.checks().forEach(step -> steps.add(at(address, step)));
    engine.probes().forEach(step -> steps.add(at(address, step)));
    return steps;
  }

  /// The streams that have a probe.
  List<String> probed() {
    return engine.probes().stream().map(step -> step.environment().get("MUSTER_STREAM")).toList();
  }

  static List<ContainerEnd> checks(List<ContainerEnd> ends) {
    return ends.stream().filter(end -> end.name().startsWith(CHECK)).toList();
  }

  static Optional<String> unreached(List<ContainerEnd> clients) {
    return clients.stream()
        .filter(end -> end.name().equals(REACH) && !end.succeeded())
        .map(end -> "the fetch Pod does not reach the engine: " + end.text())
        .findFirst();
  }

  private Step at(String address, Step step) {
    Map<String, String> environment = new TreeMap<>(step.environment());
    environment.put("MUSTER_HOST", address);
    environment.put("MUSTER_PORT", Integer.toString(engine.port()));
    environment.putIfAbsent("MUSTER_DATABASE", engine.database());
    return new Step(step.name(), step.script(), environment);
  }
}
