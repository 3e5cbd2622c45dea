package dev.muster.cli;

/// Nothing was tried, because of what was given: exit code 2. The message names the object and what
/// to do next.
final class BadInput extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BadInput(String message) {
    super(message);
  }

  BadInput(String message, Throwable cause) {
    super(message, cause);
  }
}
