package dev.muster.drill;

/// What one rung found.
sealed interface Finding {

  /// @param note what was seen, for the report
  record Holds(String note) implements Finding {}

  /// The backup is to blame.
  record Fails(String evidence) implements Finding {}

  /// Something else is to blame, or nobody knows.
  record Unclear(String reason) implements Finding {}
}
