package dev.muster.drill;

import dev.muster.repository.wire.RestoreMessage;
import dev.muster.restore.ContainerEnd;
import java.util.List;

/// What became of moving the data.
sealed interface Fetched {

  /// The mover and the clients ran, whatever they came to.
  ///
  /// @param clients those that ended, in any order
  record Ran(RestoreMessage mover, List<ContainerEnd> clients) implements Fetched {
    public Ran {
      clients = List.copyOf(clients);
    }
  }

  /// It did not come to that, for a reason outside the backup.
  record Stopped(String reason) implements Fetched {}
}
