package dev.muster.restore;

import dev.muster.model.PointId;
import dev.muster.model.WorkloadKey;
import dev.muster.repository.Manifest;
import java.util.List;
import java.util.Optional;

/// From the name of a point to a ticket that lets a mover read it. Blocks on the store; never
/// throws for what a store may do or hold.
public interface Tickets {

  /// Reads the manifest, checks it against the pinned keys and against the key it lies under.
  Opened open(WorkloadKey workload, PointId point);

  /// Checks that every segment of these streams is there in its length, unwraps each stream's key
  /// with the identity and signs the reads. The ticket keeps the order. Only for streams of a
  /// manifest from [Opened.Trusted].
  TicketOutcome issue(List<Manifest.Stream> streams);

  /// Reads every segment in full and compares lengths and digests: the evidence of the first that
  /// differs, or empty. Slow; used to tell damage from a wrong key.
  ///
  /// @throws dev.muster.repository.StoreException when the store cannot be asked
  Optional<String> damage(List<Manifest.Stream> streams);
}
