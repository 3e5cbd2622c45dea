package dev.muster.auditor.evidence;

import dev.muster.cluster.ObjectName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

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

  /// What was found before: see `all`.
  public void add(Found found) {
    switch (found) {
      case Found.Point(var claim, var point) -> point(claim, point);
      case Found.Failure(var claim, var failure) -> failure(claim, failure);
      case Found.Meant(var claim, var intent) -> intent(claim, intent);
      case Found.Gap(var text) -> gap(text);
    }
  }

  /// Everything, to be kept elsewhere.
  public Stream<Found> all() {
    return Stream.of(
            each(points, Found.Point::new),
            each(failures, Found.Failure::new),
            each(intents, Found.Meant::new),
            gaps.stream().map(Found.Gap::new))
        .flatMap(found -> found);
  }

  private static <T> Stream<Found> each(
      Map<ObjectName, List<T>> all, BiFunction<ObjectName, T, Found> found) {
    return all.entrySet().stream()
        .flatMap(of -> of.getValue().stream().map(one -> found.apply(of.getKey(), one)));
  }

  /// Only what is of one namespace, and what could not be read.
  public Findings in(String namespace) {
    Findings some = new Findings();
    all().filter(found -> found.in(namespace)).forEach(some::add);
    return some;
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

  /// The newest of those since which their tool has made no point.
  public Optional<ForeignFailure> lastFailure(ObjectName claim) {
    List<ForeignFailure> found = failures.get(claim);
    if (found == null) {
      return Optional.empty();
    }
    List<ForeignPoint> made = points(claim);
    return found.stream()
        .filter(failure ->
            made.stream()
                .noneMatch(point ->
                    point.tool().equals(failure.tool()) && point.cut().isAfter(failure.at())))
        .max(Comparator.comparing(ForeignFailure::at));
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
