package dev.muster.restore;

/// The point cannot be restored with what this installation knows; the message says what to do.
public final class UnfitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnfitException(String message) {
    super(message);
  }
}
