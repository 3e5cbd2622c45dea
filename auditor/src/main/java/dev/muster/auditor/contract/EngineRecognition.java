package dev.muster.auditor.contract;

import dev.muster.model.ContractReading;
import dev.muster.policies.ContainerShape;
import java.util.List;
import java.util.Optional;

/// Which engine a workload runs: named by its contract, or recognised by image, ports, environment
/// and mounts. Empty where there is none, or none that a profile knows.
@FunctionalInterface
public interface EngineRecognition {
  Optional<Engine> recognise(List<ContainerShape> containers, ContractReading reading);
}
