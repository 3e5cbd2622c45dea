package dev.muster.repository.wire;

import java.util.List;

/// What the holder of the identity hands to the mover of a restore: for each stream the key of that
/// stream alone and where its segments are. It travels by exec, as JSON behind its length in four
/// bytes (big-endian), and is never written to a disk.
public record Ticket(List<Stream> streams) {
  public Ticket {
    streams = List.copyOf(streams);
  }

  /// @param name the stream, which is also the name of the pipe to fill
  /// @param fileKey the age file key of this stream, base64
  /// @param plainBytes length of the decoded stream, as the manifest states it
  /// @param plainSha256 hex digest of the decoded stream, as the manifest states it
  /// @param segments in the order in which they are joined
  public record Stream(
      String name, String fileKey, long plainBytes, String plainSha256, List<Segment> segments) {
    public Stream {
      segments = List.copyOf(segments);
    }

    /// Without the key, so that a log cannot hold it.
    @Override
    public String toString() {
      return "Stream[name=" + name + ", segments=" + segments.size() + "]";
    }
  }

  /// @param url a presigned GET; whoever holds it may read this one object until it expires
  public record Segment(String url, long bytes, String sha256) {
    /// Without the signed query.
    @Override
    public String toString() {
      return "Segment[bytes=" + bytes + ", sha256=" + sha256 + "]";
    }
  }
}
