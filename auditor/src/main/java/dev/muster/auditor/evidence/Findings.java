package dev.muster.auditor.evidence;

import dev.muster.cluster.ObjectName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was found, by claim. Filled by readers, then only read.
public final class Findings {
  private final Map<ObjectName, List<ForeignPoint>> points = new HashMap<>();
  private final Map<ObjectName, List<ForeignFailure>> failures = new HashMap<>();
  private final Map<ObjectName, List<Intent>> intents = new HashMap<>();
  private final List<String> gaps = new ArrayList<>();

  /// Of a cluster without other tools.
  public static Findings none() {
    return new Findings();
  }

  void point(ObjectName claim, ForeignPoint point) {
    points.computeIfAbsent(claim, added -> new ArrayList<>()).add(point);
  }

  void point(Collection<ObjectName> claims, ForeignPoint point) {
    claims.forEach(claim -> point(claim, point));
  }

  void failure(Collection<ObjectName> claims, ForeignFailure failure) {
    claims.forEach(claim -> failure(claim, failure));
  }

  void intent(Collection<ObjectName> claims, Intent intent) {
    claims.forEach(claim -> intent(claim, intent));
  }

  void failure(ObjectName claim, ForeignFailure failure) {
    failures.computeIfAbsent(claim, added -> new ArrayList<>()).add(failure);
  }

  void intent(ObjectName claim, Intent intent) {
    intents.computeIfAbsent(claim, added -> new ArrayList<>()).add(intent);
  }

  void gap(String text) {
    gaps.add(text);
  }

  /// Oldest first.
  public List<ForeignPoint> points(ObjectName claim) {
    List<ForeignPoint> found = points.get(claim);
    return found == null
        ? List.of()
        : found.stream().sorted(Comparator.comparing(ForeignPoint::cut)).toList();
  }

  /// The newest, if the tool has made no point since.
  public Optional<ForeignFailure> lastFailure(ObjectName claim) {
    List<ForeignFailure> found = failures.get(claim);
    if (found == null) {
      return Optional.empty();
    }
    return found.stream()
        .max(Comparator.comparing(ForeignFailure::at))
        .filter(failure ->
            points(claim).stream()
                .noneMatch(point ->
                    point.tool().equals(failure.tool()) && point.cut().isAfter(failure.at())));
  }

  public List<Intent> intents(ObjectName claim) {
    return intents.getOrDefault(claim, List.of());
  }

  /// What could not be read, and how to mend it. While there is one, no volume without a point can
  /// be called unprotected.
  public List<String> gaps() {
    return List.copyOf(gaps);
  }
}
