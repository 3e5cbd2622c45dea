package dev.muster.repository.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything the mover knows after the last part was stored.
public record RunReport(String attempt, List<StreamReport> streams, List<ProbeReport> probes) {

  public RunReport {
    streams = List.copyOf(streams);
    probes = List.copyOf(probes);
  }

  /// One stream. `trailerSeen` is null if the profile names no trailer.
  public record StreamReport(
      String name,
      long plainBytes,
      String plainSha256,
      @Nullable Boolean trailerSeen,
      List<SegmentReport> segments) {

    public StreamReport {
      segments = List.copyOf(segments);
    }
  }

  /// One segment with the digest over all of its parts.
  public record SegmentReport(int number, long bytes, String sha256, List<PartReport> parts) {

    public SegmentReport {
      parts = List.copyOf(parts);
    }
  }

  /// One part as it was sent.
  public record PartReport(int number, long bytes, String sha256) {}

  /// The lines that a probe printed, as they came.
  public record ProbeReport(String stream, List<String> lines) {

    public ProbeReport {
      lines = List.copyOf(lines);
    }
  }
}
