package dev.muster.webhook.admission;

/// What a request body turned out to be.
public sealed interface Received {
  record Readable(Review review) implements Received {}

  /// No usable review, but its uid was found: allowed unchanged, with a warning.
  record Doubtful(String uid, String reason) implements Received {}

  /// Nothing to answer to: 400.
  record Unreadable(String reason) implements Received {}
}
