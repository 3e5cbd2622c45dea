package dev.muster.model;

import dev.muster.model.ContractKey.Subject;
import dev.muster.model.ContractReading.Origin;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads the annotations of namespace, workload and claim into one typed contract.
///
/// The nearest of the user's keys wins, key by key: claim, then workload, then namespace. Keys that
/// Muster wrote itself (see [Managed]) rank below all of the user's, the plan below those. All
/// problems are reported at once; a value with a problem has no meaning at all. Pure and safe for
/// use by many threads.
public final class ContractReader {
  /// Keys under the prefix that are no part of the contract but may sit on its subjects.
  private static final String ENFORCE = ContractKey.PREFIX + "enforce";

  private final ContractVocabulary vocabulary;

  public ContractReader(ContractVocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  public ContractReading read(WorkloadRef workload, ContractSources sources) {
    List<Problem> problems = new ArrayList<>();
    Map<ContractKey, Said> said = new EnumMap<>(ContractKey.class);
    collect(Subject.NAMESPACE, sources.namespace(), said, problems);
    collect(Subject.WORKLOAD, sources.workload(), said, problems);
    collect(Subject.CLAIM, sources.claim(), said, problems);
    return new ContractAssembly(vocabulary, workload, said, problems).reading();
  }

  private static void collect(
      Subject subject,
      Map<String, String> annotations,
      Map<ContractKey, Said> said,
      List<Problem> problems) {
    SortedMap<String, String> ours = ours(annotations);
    Managed managed = Managed.of(ours);
    for (var annotation : ours.entrySet()) {
      String name = annotation.getKey();
      Optional<ContractKey> key = ContractKey.of(name);
      if (key.isEmpty()) {
        problems.add(misspelt(name, annotation.getValue()));
      } else if (!key.get().allowedOn(subject)) {
        problems.add(misplaced(key.get(), subject, annotation.getValue()));
      } else if (key.get() != ContractKey.MANAGED) {
        Origin origin =
            managed.wrote(name, annotation.getValue()) ? Origin.MANAGED : origin(subject);
        said.merge(key.get(), new Said(annotation.getValue(), origin), Said::stronger);
      }
    }
  }

  /// Problems are told by the order of keys.
  private static SortedMap<String, String> ours(Map<String, String> annotations) {
    SortedMap<String, String> ours = new TreeMap<>();
    annotations.forEach((name, value) -> {
      if (name.startsWith(ContractKey.PREFIX) && !name.equals(ENFORCE)) {
        ours.put(name, value);
      }
    });
    return ours;
  }

  private static Origin origin(Subject subject) {
    return switch (subject) {
      case NAMESPACE -> Origin.NAMESPACE;
      case WORKLOAD -> Origin.WORKLOAD;
      case CLAIM -> Origin.CLAIM;
    };
  }

  private static Problem misspelt(String name, String value) {
    String label = name.substring(ContractKey.PREFIX.length());
    String hint =
        NearestKey.to(label)
            .map(key -> "no such key, did you mean " + key.annotation() + "?")
            .orElse("no such key");
    return new Problem(name, value, hint, "the keys of the contract");
  }

  private static Problem misplaced(ContractKey key, Subject subject, String value) {
    String place =
        switch (subject) {
          case NAMESPACE -> "a namespace";
          case WORKLOAD -> "a workload";
          case CLAIM -> "a claim";
        };
    List<String> places = key.subjects().stream().sorted().map(s -> word(s)).toList();
    return new Problem(
        key.annotation(), value, "has no meaning on " + place, "on " + String.join(", ", places));
  }

  private static String word(Subject subject) {
    return subject.name().toLowerCase(java.util.Locale.ROOT);
  }

  /// A value and who said it.
  record Said(String value, Origin origin) {
    Said stronger(Said other) {
      return other.origin.compareTo(origin) >= 0 ? other : this;
    }
  }
}
