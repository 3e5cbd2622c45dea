package dev.muster.auditor.run;

import java.time.Instant;
import java.util.Optional;

/// What the cluster shows of an attempt: its Job and its Pod.
sealed interface Sighting {

  /// No Job of this attempt exists.
  record NoJob() implements Sighting {}

  /// The Job exists but no Pod of it; `trouble` is why it cannot create one, if it said so.
  record NoPod(Instant jobCreated, Optional<PodReading.Broken> trouble) implements Sighting {}

  /// The Job's only Pod.
  record OnePod(PodReading reading) implements Sighting {}

  /// Kubernetes started it twice, took it away, or ended it for its deadline.
  record Disturbed(FailureReason reason, String detail) implements Sighting {}
}
