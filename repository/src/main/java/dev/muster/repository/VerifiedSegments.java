package dev.muster.repository;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The segments of a stream as one stream, each compared with its length and digest. Bytes are
/// passed on before a segment's digest is known, but no segment's end is passed without it.
final class VerifiedSegments extends InputStream {

  private final List<SegmentFacts> segments;
  private final SegmentSource source;
  private MessageDigest digest = Digests.newSha256();
  private @Nullable InputStream current;
  private int index;
  private long read;
  private long total;

  VerifiedSegments(List<SegmentFacts> segments, SegmentSource source) {
    this.segments = List.copyOf(segments);
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    while (index < segments.size()) {
      InputStream in = current;
      if (in == null) {
        in = source.open(index);
        current = in;
      }
      int count = in.read(buffer, offset, length);
      if (count > 0) {
        digest.update(buffer, offset, count);
        read += count;
        total += count;
        if (read > segments.get(index).bytes()) {
          throw wrong(
              "has more than the " + segments.get(index).bytes() + " bytes of the manifest");
        }
        return count;
      }
      if (count < 0) {
        finishSegment(in);
      }
    }
    return -1;
  }

  /// Bytes of ciphertext read so far.
  long total() {
    return total;
  }

  /// Reads the current segment to its end, so that its digest says whether the store or the key is
  /// to blame for what a later layer refused.
  void drainSegment() throws IOException {
    int started = index;
    byte[] sink = new byte[64 * 1024];
    while (index == started && read(sink, 0, sink.length) >= 0) {
      // the digest is all that is wanted
    }
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      current.close();
      current = null;
    }
  }

  private void finishSegment(InputStream in) throws IOException {
    in.close();
    current = null;
    SegmentFacts facts = segments.get(index);
    if (read != facts.bytes()) {
      throw wrong("has " + read + " bytes, the manifest says " + facts.bytes());
    }
    String actual = Digests.hex(digest);
    if (!actual.equals(facts.sha256())) {
      throw wrong("has SHA-256 " + actual + ", the manifest says " + facts.sha256());
    }
    index++;
    read = 0;
    digest = Digests.newSha256();
  }

  private StreamException wrong(String what) {
    return new StreamException(
        StreamException.Reason.SEGMENT_DIGEST, segments.get(index).name() + " " + what, null);
  }
}
