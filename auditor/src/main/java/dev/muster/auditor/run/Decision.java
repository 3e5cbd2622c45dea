package dev.muster.auditor.run;

import java.time.Duration;

/// The next thing to do for a run.
sealed interface Decision {

  /// Nothing before a change, or before this time has passed.
  record Wait(Duration atMost) implements Decision {}

  /// Begin the attempt of this number.
  record Begin(int number) implements Decision {}

  /// The open attempt failed.
  record FailAttempt(Entry.Attempt attempt, FailureReason reason, String detail)
      implements Decision {}

  /// No attempt is left, or none can help.
  record FailRun(FailureReason reason, String detail) implements Decision {}

  /// Every container ended with 0: check everything, then commit.
  record Seal(Entry.Attempt attempt, PodReading.Finished finished) implements Decision {}

  /// The run has ended.
  record Ended() implements Decision {}
}
