package dev.muster.repository;

import dev.muster.repository.wire.RunReport.SegmentReport;
import java.util.List;

/// What was stored: facts of the plaintext, its first and last bytes (at most 4 KiB each, never to
/// be logged), and all segments with their parts.
public record WrittenStream(
    long plainBytes, String plainSha256, byte[] head, byte[] tail, List<SegmentReport> segments) {

  public WrittenStream {
    segments = List.copyOf(segments);
  }

  /// Bytes of ciphertext.
  public long storedBytes() {
    return segments.stream().mapToLong(SegmentReport::bytes).sum();
  }

  @Override
  public String toString() {
    return "WrittenStream[plainBytes=%d, segments=%d]".formatted(plainBytes, segments.size());
  }
}
