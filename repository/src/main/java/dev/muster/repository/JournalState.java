package dev.muster.repository;

/// A state of a run that was reached once and is never unmade.
public sealed interface JournalState {

  /// The run exists: what it shall back up, and its point.
  record Planned() implements JournalState {}

  /// An attempt was started.
  record Attempt(String attempt) implements JournalState {}

  /// The upload of a segment: its id.
  record Upload(String attempt, String stream, int segment) implements JournalState {}

  /// What the mover says it sent.
  record Report(String attempt) implements JournalState {}

  /// An attempt failed.
  record AttemptFailed(String attempt) implements JournalState {}

  /// The manifest was committed.
  record Sealed() implements JournalState {}

  /// The run has no attempt left.
  record Failed() implements JournalState {}

  /// The state as a path segment.
  default String word() {
    return switch (this) {
      case Planned() -> "planned";
      case Attempt(var attempt) -> "attempt-" + Keys.word("attempt", attempt);
      case Upload(var attempt, var stream, var segment) ->
          "upload-%s-%s-%04d"
              .formatted(Keys.word("attempt", attempt), Keys.word("stream", stream), segment);
      case Report(var attempt) -> "report-" + Keys.word("attempt", attempt);
      case AttemptFailed(var attempt) -> "failed-" + Keys.word("attempt", attempt);
      case Sealed() -> "sealed";
      case Failed() -> "failed";
    };
  }
}
