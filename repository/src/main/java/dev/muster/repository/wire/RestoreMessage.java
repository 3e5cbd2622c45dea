package dev.muster.repository.wire;

import java.util.List;

/// The termination message of `mover restore`: at most 4096 bytes of JSON in which the mover says
/// what it read and decoded. Absent or unreadable means failed.
///
/// @param outcome `restored` when every stream was read, decoded and handed on in full with all
///   digests as the ticket states them, else `failed`
/// @param reason one of the constants below, empty when restored
/// @param detail for people: which stream and segment, what was expected, what was found
/// @param streams what was measured, also of the streams that failed
public record RestoreMessage(
    String outcome, String reason, String detail, List<MeasuredStream> streams) {
  public static final String RESTORED = "restored";
  public static final String FAILED = "failed";

  /// No ticket arrived in time, or it could not be read.
  public static final String TICKET = "Ticket";

  /// The store could not be reached, or answered with an error that says nothing about the data.
  public static final String STORE = "Store";

  /// A segment is not in the store.
  public static final String SEGMENT_MISSING = "SegmentMissing";

  /// A segment has another length or digest than the ticket states.
  public static final String SEGMENT_DIGEST = "SegmentDigest";

  /// age refused the header or a chunk under the given file key.
  public static final String DECRYPT = "Decrypt";

  /// zstd refused a frame, or the stream ended inside one.
  public static final String DECOMPRESS = "Decompress";

  /// The decoded stream has another length or digest than the ticket states.
  public static final String PLAIN_DIGEST = "PlainDigest";

  /// The client closed its end of the pipe, or never opened it.
  public static final String CLIENT = "Client";

  public RestoreMessage {
    streams = List.copyOf(streams);
  }

  public boolean restored() {
    return outcome.equals(RESTORED);
  }

  /// @param storedBytes bytes read from the store
  /// @param plainSha256 hex digest of what was handed to the client; empty if the end was not
  ///   reached
  public record MeasuredStream(
      String name, long storedBytes, long plainBytes, String plainSha256) {}
}
