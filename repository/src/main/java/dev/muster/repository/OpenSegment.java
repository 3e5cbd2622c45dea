package dev.muster.repository;

import dev.muster.repository.wire.RunReport.PartReport;
import dev.muster.repository.wire.RunReport.SegmentReport;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/// A segment that is being written. The writer adds parts, senders acknowledge them, one hasher
/// digests them in order.
final class OpenSegment {

  private final int number;
  private final MessageDigest digest = Digests.newSha256();
  private final ConcurrentSkipListMap<Integer, PartReport> parts = new ConcurrentSkipListMap<>();
  private long bytes;
  private int added;

  OpenSegment(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  long room(long segmentBytes) {
    return segmentBytes - bytes;
  }

  int addPart(int length) {
    bytes += length;
    added++;
    return added;
  }

  Void hash(byte[] part, int length) {
    digest.update(part, 0, length);
    return null;
  }

  void acknowledge(int part, int length, String sha256) {
    parts.put(part, new PartReport(part, length, sha256));
  }

  /// Called once, when everything added was hashed and acknowledged.
  SegmentReport report() {
    if (parts.size() != added) {
      throw new IllegalStateException(
          "segment %d has %d parts, %d were stored".formatted(number, added, parts.size()));
    }
    return new SegmentReport(number, bytes, Digests.hex(digest), List.copyOf(parts.values()));
  }
}
