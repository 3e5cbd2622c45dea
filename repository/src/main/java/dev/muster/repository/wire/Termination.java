package dev.muster.repository.wire;

/// The last word of `mover backup`, its container's termination message. Only `reported`, together
/// with exit code 0, is success. Absent or unreadable means failed.
public record Termination(Outcome outcome, String reason, String detail) {

  /// How it ended.
  public enum Outcome {
    reported,
    failed
  }
}
