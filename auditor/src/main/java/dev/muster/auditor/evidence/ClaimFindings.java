package dev.muster.auditor.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What other tools have of one claim, and mean to do with it. Filled by readers, then only read.
public final class ClaimFindings {
  public static final ClaimFindings NONE = new ClaimFindings();

  // Most claims have one of one of these.
  private List<ForeignPoint> points = List.of();
  private List<ForeignFailure> failures = List.of();
  private List<Intent> intents = List.of();

  ClaimFindings() {}

  void add(ForeignPoint point) {
    points = open(points);
    int at = points.size();
    while (at > 0 && points.get(at - 1).cut().isAfter(point.cut())) {
      at--;
    }
    points.add(at, point);
  }

  void add(ForeignFailure failure) {
    failures = open(failures);
    failures.add(failure);
  }

  void add(Intent intent) {
    intents = open(intents);
    intents.add(intent);
  }

  private static <T> List<T> open(List<T> list) {
    return list.isEmpty() ? new ArrayList<>(1) : list;
  }

  /// Oldest first.
  public List<ForeignPoint> points() {
    return points;
  }

  List<ForeignFailure> failures() {
    return failures;
  }

  /// The newest of those since which their tool has made no point.
  public Optional<ForeignFailure> lastFailure() {
    return failures.isEmpty()
        ? Optional.empty()
        : failures.stream()
            .filter(failure ->
                points.stream()
                    .noneMatch(point ->
                        point.tool().equals(failure.tool()) && point.cut().isAfter(failure.at())))
            .max(Comparator.comparing(ForeignFailure::at));
  }

  public List<Intent> intents() {
    return intents;
  }
}
