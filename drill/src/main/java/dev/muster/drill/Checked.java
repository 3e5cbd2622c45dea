package dev.muster.drill;

import dev.muster.restore.ContainerEnd;
import dev.muster.restore.ProbeOutcome;
import java.util.List;
import java.util.Map;

/// What became of checking the restored data.
sealed interface Checked {

  /// @param engineChecks how the engine's own checks ended
  /// @param probes for each stream what its database holds now, or why that could not be read
  record Ran(List<ContainerEnd> engineChecks, Map<String, ProbeOutcome> probes) implements Checked {
    public Ran {
      engineChecks = List.copyOf(engineChecks);
      probes = Map.copyOf(probes);
    }
  }

  record Stopped(String reason) implements Checked {}
}
