package dev.muster.repository;

import org.jspecify.annotations.Nullable;

/// Bytes that should be one of our documents are not.
public final class MalformedException extends RuntimeException {

  public MalformedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
