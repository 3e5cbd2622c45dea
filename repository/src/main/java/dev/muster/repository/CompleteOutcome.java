package dev.muster.repository;

/// What completing an upload came to, as the store answered it.
public sealed interface CompleteOutcome {

  /// The store says the object is there.
  record Completed() implements CompleteOutcome {}

  /// The key is taken, or another completion is under way.
  record Exists() implements CompleteOutcome {}

  /// The upload is gone: completed by a request whose answer was lost, or aborted.
  record NoSuchUpload() implements CompleteOutcome {}
}
