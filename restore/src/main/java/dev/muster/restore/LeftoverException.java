package dev.muster.restore;

/// Something of ours is still in the cluster; the message names it.
public final class LeftoverException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LeftoverException(String message, Throwable cause) {
    super(message, cause);
  }
}
