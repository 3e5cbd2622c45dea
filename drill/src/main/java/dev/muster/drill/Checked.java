package dev.muster.drill;

import dev.muster.repository.Manifest;
import dev.muster.restore.ContainerEnd;
import java.util.Map;

/// What became of checking the restored data.
sealed interface Checked {

  /// @param engineCheck how the engine's own check ended
  /// @param probes for each stream what its database holds now, or why that could not be read
  record Ran(ContainerEnd engineCheck, Map<String, Probed> probes) implements Checked {
    public Ran {
      probes = Map.copyOf(probes);
    }
  }

  record Stopped(String reason) implements Checked {}

  /// One probe of a restored database.
  sealed interface Probed {
    record Read(Manifest.Probe probe) implements Probed {}

    /// The restored database is to blame.
    record Failed(String evidence) implements Probed {}

    record Unread(String reason) implements Probed {}
  }
}
