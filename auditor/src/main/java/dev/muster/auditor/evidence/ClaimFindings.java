package dev.muster.auditor.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What other tools have of one claim, and mean to do with it. Filled by readers, then only read.
public final class ClaimFindings {
  public static final ClaimFindings NONE = new ClaimFindings();

  // Most claims have one of one of these.
  private final List<ForeignPoint> points = new ArrayList<>(0);
  private final List<ForeignFailure> failures = new ArrayList<>(0);
  private final List<Intent> intents = new ArrayList<>(0);

  ClaimFindings() {}

  void add(ForeignPoint point) {
    int at = points.size();
    while (at > 0 && points.get(at - 1).cut().isAfter(point.cut())) {
      at--;
    }
    points.add(at, point);
  }

  void add(ForeignFailure failure) {
    failures.add(failure);
  }

  void add(Intent intent) {
    intents.add(intent);
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
