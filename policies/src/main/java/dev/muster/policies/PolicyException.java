package dev.muster.policies;

/// A policy that cannot be loaded or an evaluation that ended in the middle.
public final class PolicyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public PolicyException(String message) {
    super(message);
  }

  PolicyException(String message, Throwable cause) {
    super(message, cause);
  }
}
