package dev.muster.repository;

import org.jspecify.annotations.Nullable;

/// The store could not be asked, or refused.
public final class StoreException extends RuntimeException {

  /// Why; `retryable` says whether the same request may succeed later without anybody acting.
  public enum Kind {
    /// No connection, a cut connection, a 5xx, or an answer that could not be read.
    UNAVAILABLE(true),
    /// 429 or SlowDown.
    THROTTLED(true),
    /// The credential, a policy or a lock forbids it.
    DENIED(false),
    /// No room: quota or disk.
    FULL(false),
    /// Certificate, name or protocol of the TLS connection.
    TLS(false),
    /// Bucket, key, upload or version is absent where it had to be there.
    NOT_FOUND(false),
    /// The object is larger than the caller's bound.
    TOO_LARGE(false),
    /// The bytes received are not the bytes that were announced.
    CORRUPT(false),
    /// The store does not support the request or calls it invalid.
    UNSUPPORTED(false);

    private final boolean retryable;

    Kind(boolean retryable) {
      this.retryable = retryable;
    }
  }

  private final Kind kind;

  public StoreException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  public boolean retryable() {
    return kind.retryable;
  }
}
