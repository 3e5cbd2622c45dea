package dev.muster.mover;

/// Why a backup's mover failed, as its termination message says it.
enum Reason {
  /// The environment of the container is incomplete or malformed.
  BAD_SETTINGS("BadSettings"),
  /// Database, auditor or store could not be reached at all: the detail says which.
  BLOCKED_NETWORK("BlockedNetwork"),
  /// A dump or probe did not open its pipe in time.
  PRODUCER_SILENT("ProducerSilent"),
  /// Reading a pipe failed.
  STREAM_LOST("StreamLost"),
  /// A stream does not begin as its engine's dumps begin.
  UNEXPECTED_FORMAT("UnexpectedFormat"),
  /// A probe printed more than its bound.
  PROBE_TOO_LARGE("ProbeTooLarge"),
  /// The store refused a part, or could not be asked within the deadline.
  STORE("Store"),
  /// The auditor could not be asked within the deadline.
  AUDITOR("Auditor"),
  /// The auditor says that this run or attempt is not ours to go on with.
  RUN_REFUSED("RunRefused"),
  /// Anything else: a bug.
  INTERNAL("Internal");

  private final String word;

  Reason(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
