package dev.muster.repository;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A stream cannot be read back as it was written.
public final class StreamException extends IOException {

  /// The layer that refused.
  public enum Reason {
    /// A segment is not in the store.
    SEGMENT_MISSING,
    /// A segment has another length or digest than the signed manifest states.
    SEGMENT_DIGEST,
    /// age refused header or chunk although the segments are as the manifest states: a wrong key.
    DECRYPT,
    /// zstd refused a frame, or the stream ended inside one.
    DECOMPRESS,
    /// The plaintext has another length or digest than the signed manifest states.
    PLAIN_DIGEST
  }

  private final Reason reason;

  public StreamException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
