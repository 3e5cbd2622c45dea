package dev.muster.auditor.coverage;

import dev.muster.auditor.contract.Engine;
import dev.muster.auditor.contract.Recognised;
import dev.muster.auditor.inventory.Use;
import dev.muster.config.EngineProfile;
import dev.muster.model.ContractReading;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a workload asks for, and the engine that holds its data.
record Holding(ContractReading reading, Recognised recognised) {

  /// Where a profile knows it.
  Optional<Engine> engine() {
    return recognised.engine();
  }

  /// Whether the engine keeps its data there.
  boolean data(Use use) {
    return recognised.volumes().contains(use.volume());
  }

  /// Every stream that a run makes of it; empty where only the server knows its databases.
  static Optional<Set<String>> expected(Engine engine, ContractReading reading) {
    return reading
        .effective()
        .databases()
        .known()
        .map(databases ->
            engine.profile().captures(databases).stream()
                .map(capture -> capture.stream().value())
                .collect(Collectors.toSet()));
  }

  /// The streams of the databases that a contract names.
  static Set<String> wanted(Engine engine, ContractReading reading) {
    List<String> databases = reading.effective().databases().known().orElse(List.of());
    return engine.profile().captures(databases).stream()
        .filter(capture -> capture.definition().scope() == EngineProfile.Scope.DATABASE)
        .map(capture -> capture.stream().value())
        .collect(Collectors.toSet());
  }
}
