package dev.muster.auditor.coverage;

import dev.muster.auditor.evidence.ForeignFailure;
import dev.muster.auditor.evidence.ForeignPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the store proves about one workload.
///
/// @param points oldest first, with suspicious ones
/// @param lastFailure of the newest run that failed, where no run sealed after it
public record WorkloadEvidence(List<Point> points, Optional<CoverageReport.Failure> lastFailure) {

  /// Between clocks of nodes.
  private static final Duration CLOCKS = Duration.ofMinutes(5);

  static final WorkloadEvidence NONE = new WorkloadEvidence(List.of(), Optional.empty());

  public WorkloadEvidence {
    points = List.copyOf(points);
  }

  /// One recovery point.
  ///
  /// @param of whose it is: `Muster`, or another tool and its object
  /// @param cut the time of the data
  /// @param streams the names of what it holds
  /// @param captured of a point of Muster alone
  public record Point(
      String of,
      String name,
      Instant cut,
      long plainBytes,
      Set<String> streams,
      boolean verified,
      Optional<Proof> proof,
      boolean suspicious,
      Optional<Captured> captured) {
    static final String MUSTER = "Muster";

    public Point {
      streams = Set.copyOf(streams);
    }

    private boolean later(Instant latest) {
      return proof.map(Proof::at).filter(at -> at.isAfter(latest)).isPresent();
    }

    private Point unproven() {
      return new Point(
          of, name, cut, plainBytes, streams, verified, Optional.empty(), suspicious, captured);
    }

    static Point of(ForeignPoint point) {
      String of = point.tool() + " " + point.object();
      return new Point(
          of,
          point.object(),
          point.cut(),
          0,
          Set.of(),
          false,
          Optional.empty(),
          false,
          Optional.empty());
    }
  }

  /// Together with what other tools have. Theirs are as good as committed: nobody here has read
  /// them.
  WorkloadEvidence with(List<ForeignPoint> others, Optional<ForeignFailure> failure) {
    if (others.isEmpty() && failure.isEmpty()) {
      return this;
    }
    List<Point> all = new ArrayList<>(points);
    others.forEach(other -> all.add(Point.of(other)));
    all.sort(Comparator.comparing(Point::cut));
    return new WorkloadEvidence(all, lastFailure.or(() -> failure.map(WorkloadEvidence::failure)));
  }

  private static CoverageReport.Failure failure(ForeignFailure failure) {
    return new CoverageReport.Failure(
        failure.at(), failure.tool() + " " + failure.object(), failure.detail());
  }

  /// Without the points that lack one of these: of a database that nobody asked for yet when they
  /// were made they say nothing.
  WorkloadEvidence holding(Set<String> streams) {
    return new WorkloadEvidence(
        points.stream().filter(point -> point.streams().containsAll(streams)).toList(),
        lastFailure);
  }

  /// Without what is of a time to come: a clock or a date was wrong, or the store went on after
  /// what is judged was saved.
  WorkloadEvidence until(Instant now) {
    Instant latest = now.plus(CLOCKS);
    boolean none =
        points.stream().noneMatch(point -> point.cut().isAfter(latest) || point.later(latest));
    return none
        ? this
        : new WorkloadEvidence(
            points.stream()
                .filter(point -> !point.cut().isAfter(latest))
                .map(point -> point.later(latest) ? point.unproven() : point)
                .toList(),
            lastFailure);
  }

  public List<Point> good() {
    boolean all = true;
    for (Point point : points) {
      all &= !point.suspicious();
    }
    return all ? points : points.stream().filter(point -> !point.suspicious()).toList();
  }

  public Optional<Point> newest() {
    List<Point> good = good();
    return good.isEmpty() ? Optional.empty() : Optional.of(good.getLast());
  }

  /// The newest of Muster: nobody here has read or restored those of other tools.
  Optional<Point> newestOwn() {
    return good().reversed().stream().filter(point -> point.of().equals(Point.MUSTER)).findFirst();
  }

  /// Of the newest that was read back.
  Optional<Instant> lastVerified() {
    List<Point> good = good();
    for (Point point : good.reversed()) {
      if (point.verified()) {
        return Optional.of(point.cut());
      }
    }
    return Optional.empty();
  }

  /// The newest proof of any point.
  public Optional<Proof> proof() {
    Optional<Proof> newest = Optional.empty();
    for (Point point : points) {
      if (point.proof().isPresent()
          && newest.filter(proof -> !proof.at().isBefore(point.proof().get().at())).isEmpty()) {
        newest = point.proof();
      }
    }
    return newest;
  }

  Optional<Instant> provenAt() {
    return proof().map(Proof::at);
  }
}
