package dev.muster.auditor.evidence;

import dev.muster.cluster.ObjectName;
import dev.muster.model.VolumeRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/// What was found, by claim, and databases outside of the cluster. Filled by readers, then only
/// read.
public final class Findings {
  private final Map<ObjectName, ClaimFindings> claims = new HashMap<>();
  private final Map<String, Map<VolumeRef, OutsideDatabase>> databases = new TreeMap<>();
  private final List<String> gaps = new ArrayList<>();
  private final List<String> databaseGaps = new ArrayList<>();

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
      case Found.Database(var database) -> database(database);
      case Found.Gap(var text) -> gap(text);
      case Found.DatabaseGap(var text) -> databaseGap(text);
    }
  }

  /// Everything, to be kept elsewhere.
  public Stream<Found> all() {
    return Stream.of(
            each(ClaimFindings::points, Found.Point::new),
            each(ClaimFindings::failures, Found.Failure::new),
            each(ClaimFindings::intents, Found.Meant::new),
            databases.values().stream()
                .flatMap(each -> each.values().stream())
                .map(Found.Database::new),
            gaps.stream().map(Found.Gap::new),
            databaseGaps.stream().map(Found.DatabaseGap::new))
        .flatMap(found -> found);
  }

  private <T> Stream<Found> each(
      Function<ClaimFindings, List<T>> of, BiFunction<ObjectName, T, Found> found) {
    return claims.entrySet().stream()
        .flatMap(claim ->
            of.apply(claim.getValue()).stream().map(one -> found.apply(claim.getKey(), one)));
  }

  /// Only what is of one namespace, and what could not be read.
  public Findings in(String namespace) {
    Findings some = new Findings();
    all().filter(found -> found.in(namespace)).forEach(some::add);
    return some;
  }

  void point(ObjectName claim, ForeignPoint point) {
    at(claim).add(point);
  }

  void point(Collection<ObjectName> claims, ForeignPoint point) {
    claims.forEach(claim -> point(claim, point));
  }

  void failure(ObjectName claim, ForeignFailure failure) {
    at(claim).add(failure);
  }

  void failure(Collection<ObjectName> claims, ForeignFailure failure) {
    claims.forEach(claim -> failure(claim, failure));
  }

  void intent(ObjectName claim, Intent intent) {
    at(claim).add(intent);
  }

  void intent(Collection<ObjectName> claims, Intent intent) {
    claims.forEach(claim -> intent(claim, intent));
  }

  private ClaimFindings at(ObjectName claim) {
    return claims.computeIfAbsent(claim, added -> new ClaimFindings());
  }

  void gap(String text) {
    gaps.add(text);
  }

  void database(OutsideDatabase database) {
    databases
        .computeIfAbsent(database.metadata().namespace(), added -> new LinkedHashMap<>())
        .put(database.ref(), database);
  }

  void databaseGap(String text) {
    databaseGaps.add(text);
  }

  /// The namespaces with databases; an empty name for those of none.
  public Set<String> databaseNamespaces() {
    return databases.keySet();
  }

  public Collection<OutsideDatabase> databases(String namespace) {
    return databases.getOrDefault(namespace, Map.of()).values();
  }

  /// The one that a volume of the report is.
  public Optional<OutsideDatabase> database(VolumeRef volume) {
    return Optional.ofNullable(databases.getOrDefault(volume.namespace(), Map.of()).get(volume));
  }

  public ClaimFindings of(ObjectName claim) {
    return claims.getOrDefault(claim, ClaimFindings.NONE);
  }

  /// What could not be read, and how to mend it.
  public List<String> gaps() {
    return Stream.concat(gaps.stream(), databaseGaps.stream()).toList();
  }

  /// Whether points of claims may be hidden: then no claim without one can be called unprotected.
  public boolean hidesPoints() {
    return !gaps.isEmpty();
  }

  /// The same of databases.
  public boolean hidesPointsOfDatabases() {
    return !databaseGaps.isEmpty();
  }
}
