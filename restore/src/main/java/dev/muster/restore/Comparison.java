package dev.muster.restore;

/// What comparing two readings of a database came to.
public sealed interface Comparison {

  record Same(String note) implements Comparison {}

  record Differs(String evidence) implements Comparison {}

  /// The readings cannot be held against each other; not a success.
  record Incomparable(String reason) implements Comparison {}
}
