package dev.muster.repository;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A stream cannot be read back as it was written.
public final class StreamException extends IOException {

  /// The layer that refused.
  public enum Reason {
    /// A segment is not in the store.
    SEGMENT_MISSING("SegmentMissing"),
    /// A segment has another length or digest than the signed manifest states.
    SEGMENT_DIGEST("SegmentDigest"),
    /// age refused header or chunk although the segments are as the manifest states: a wrong key.
    DECRYPT("Decrypt"),
    /// zstd refused a frame, or the stream ended inside one.
    DECOMPRESS("Decompress"),
    /// The plaintext has another length or digest than the signed manifest states.
    PLAIN_DIGEST("PlainDigest");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    /// As the reference of the format calls it.
    public String word() {
      return word;
    }
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
