package dev.muster.model;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every key of the contract and the subjects that may carry it.
///
/// The annotation of a key is [#PREFIX] plus its name in kebab case.
public enum ContractKey {
  PROTECT(Place.ANYWHERE),
  WAIVER_OWNER(Place.ANYWHERE),
  WAIVER_REASON(Place.ANYWHERE),
  WAIVER_UNTIL(Place.ANYWHERE),
  PLAN(Place.ANYWHERE),
  METHOD(Place.WORKLOAD_AND_CLAIM),
  ENGINE(Place.WORKLOAD_ONLY),
  SCHEDULE(Place.NAMESPACE_AND_WORKLOAD),
  TIME_ZONE(Place.NAMESPACE_AND_WORKLOAD),
  WINDOW(Place.NAMESPACE_AND_WORKLOAD),
  RPO(Place.NAMESPACE_AND_WORKLOAD),
  RTO(Place.NAMESPACE_AND_WORKLOAD),
  RETENTION(Place.NAMESPACE_AND_WORKLOAD),
  STORES(Place.NAMESPACE_AND_WORKLOAD),
  DRILL(Place.NAMESPACE_AND_WORKLOAD),
  DRILL_SELECT(Place.NAMESPACE_AND_WORKLOAD),
  CONSISTENCY(Place.WORKLOAD_ONLY),
  CONTAINER(Place.WORKLOAD_ONLY),
  DATABASES(Place.WORKLOAD_ONLY),
  EXCLUDE_VOLUMES(Place.WORKLOAD_ONLY),
  HOOKS(Place.WORKLOAD_ONLY),
  CHECK(Place.WORKLOAD_ONLY),
  RUN(Place.WORKLOAD_ONLY),
  DRILL_RUN(Place.WORKLOAD_ONLY),
  MANAGED(Place.WORKLOAD_AND_CLAIM);

  /// All of Muster's annotations and labels begin with this.
  public static final String PREFIX = "muster.dev/";

  private static final Set<String> OF_PEOPLE =
      Stream.of(PROTECT, WAIVER_OWNER, WAIVER_REASON, WAIVER_UNTIL, EXCLUDE_VOLUMES, RUN, DRILL_RUN)
          .map(ContractKey::annotation)
          .collect(Collectors.toUnmodifiableSet());

  private static final Map<String, ContractKey> BY_ANNOTATION =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(ContractKey::annotation, k -> k));

  private final Set<Subject> subjects;
  private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');
  private final String annotation = ContractKey.PREFIX + label;

  ContractKey(Set<Subject> subjects) {
    this.subjects = subjects;
  }

  /// The name without prefix: `waiver-owner`.
  public String label() {
    return label;
  }

  /// The full annotation key: `muster.dev/waiver-owner`.
  public String annotation() {
    return annotation;
  }

  /// Whether only people write this annotation: what takes protection away, and what asks for a
  /// run.
  public static boolean ofPeople(String annotation) {
    return OF_PEOPLE.contains(annotation);
  }

  public boolean allowedOn(Subject subject) {
    return subjects.contains(subject);
  }

  /// The subjects that may carry the key.
  public Set<Subject> subjects() {
    return Set.copyOf(subjects);
  }

  /// The key of a full annotation, if there is one.
  public static Optional<ContractKey> of(String annotation) {
    return Optional.ofNullable(BY_ANNOTATION.get(annotation));
  }

  /// What carries annotations.
  public enum Subject {
    NAMESPACE,
    WORKLOAD,
    CLAIM
  }

  private static final class Place {
    static final Set<Subject> ANYWHERE = EnumSet.allOf(Subject.class);
    static final Set<Subject> WORKLOAD_AND_CLAIM = EnumSet.of(Subject.WORKLOAD, Subject.CLAIM);
    static final Set<Subject> NAMESPACE_AND_WORKLOAD =
        EnumSet.of(Subject.NAMESPACE, Subject.WORKLOAD);
    static final Set<Subject> WORKLOAD_ONLY = EnumSet.of(Subject.WORKLOAD);
  }
}
