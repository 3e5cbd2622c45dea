package dev.muster.repository;

import java.io.IOException;

/// The store refuses to give what is asked for, and asking again would change nothing.
public final class RefusedReadException extends IOException {

  public RefusedReadException(String message) {
    super(message);
  }
}
