package dev.muster.repository;

/// What a conditional creation came to, as the store answered it.
public sealed interface PutOutcome {

  /// The key was free and now holds our bytes.
  record Created() implements PutOutcome {}

  /// The store refused because something is or was being created at the key, perhaps by ourselves
  /// in a request whose answer was lost.
  record Exists() implements PutOutcome {}
}
