package dev.muster.policies.rego;

/// Rego that cannot be built, or no `opa` that could; the message says what to do.
public final class RegoException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RegoException(String message) {
    super(message);
  }

  RegoException(String message, Throwable cause) {
    super(message, cause);
  }
}
