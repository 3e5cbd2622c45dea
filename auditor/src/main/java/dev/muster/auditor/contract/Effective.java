package dev.muster.auditor.contract;

import dev.muster.model.Contract;
import dev.muster.model.ContractReading;
import java.util.Optional;

/// What holds for one workload now.
public record Effective(Workload workload, ContractReading reading, Optional<Engine> engine) {

  public Contract contract() {
    return reading.effective();
  }

  /// Whether somebody asked for protection.
  public boolean wanted() {
    return reading.wanted();
  }
}
