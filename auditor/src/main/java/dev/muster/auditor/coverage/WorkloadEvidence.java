package dev.muster.auditor.coverage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the store proves about one workload.
///
/// @param points oldest first, with suspicious ones
/// @param lastFailure of the newest run that failed, where no run sealed after it
record WorkloadEvidence(
    List<Point> points, Optional<Instant> provenAt, Optional<CoverageReport.Failure> lastFailure) {

  static final WorkloadEvidence NONE =
      new WorkloadEvidence(List.of(), Optional.empty(), Optional.empty());

  WorkloadEvidence {
    points = List.copyOf(points);
  }

  /// One recovery point.
  ///
  /// @param cut the time of the data
  record Point(String name, Instant cut, long plainBytes, boolean verified, boolean suspicious) {}

  List<Point> good() {
    return points.stream().filter(point -> !point.suspicious()).toList();
  }

  Optional<Point> newest() {
    List<Point> good = good();
    return good.isEmpty() ? Optional.empty() : Optional.of(good.getLast());
  }
}
