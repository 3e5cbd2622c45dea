package dev.muster.auditor.run;

import java.time.Instant;
import java.util.Map;

/// What the statuses of a run's Pod say. Nothing is success that the kubelet did not call so.
sealed interface PodReading {

  /// Nothing decided yet; `since` tells how long the present state lasts.
  record Underway(String phase, Instant since) implements PodReading {}

  /// Stuck for a nameable reason, which may still pass by itself.
  record Stuck(FailureReason reason, String detail, Instant since) implements PodReading {}

  /// Every container ended with 0.
  record Finished(Map<String, Integer> exitCodes, String moverMessage) implements PodReading {
    public Finished {
      exitCodes = Map.copyOf(exitCodes);
    }
  }

  /// Something failed for good.
  record Broken(FailureReason reason, String detail) implements PodReading {}
}
