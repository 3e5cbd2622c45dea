package dev.muster.repository.probe;

/// What came of asking for something that ought to be refused.
public sealed interface Attempt {

  /// It was done.
  record Done() implements Attempt {}

  /// The store refused it.
  record Refused(String detail) implements Attempt {}

  /// The store found fault with the request itself, so it looked at no right or allowed it.
  record Judged(String detail) implements Attempt {}

  /// The store knows no such request.
  record Unsupported(String detail) implements Attempt {}
}
