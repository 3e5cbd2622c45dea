package dev.muster.auditor.seal;

import dev.muster.model.NameList;
import dev.muster.repository.Manifest.ConsistencyClass;
import dev.muster.repository.Manifest.Probe;
import dev.muster.repository.Manifest.Relation;
import dev.muster.repository.Manifest.Table;
import java.util.List;
import java.util.Optional;

/// What the probes of a dump show of its consistency. Pure.
///
/// Only the dump's own snapshot makes its tables one moment's. Without it a dump reads one table
/// after the other, which is less than a crash leaves.
final class Guarantee {
  private static final int SHOWN = 5;

  private Guarantee() {}

  static ConsistencyClass of(List<Probe> probes) {
    return !probes.isEmpty() && probes.stream().allMatch(Guarantee::sameSnapshot)
        ? ConsistencyClass.APPLICATION
        : ConsistencyClass.NONE;
  }

  /// Why it is not more.
  static List<String> warnings(List<Probe> probes) {
    return probes.isEmpty()
        ? List.of("no probe: nothing shows that the data is of one moment")
        : probes.stream().map(Guarantee::warning).flatMap(Optional::stream).toList();
  }

  private static boolean sameSnapshot(Probe probe) {
    return probe.relation() == Relation.SAME_SNAPSHOT && outside(probe).isEmpty();
  }

  private static List<String> outside(Probe probe) {
    return probe.tables().stream()
        .filter(table -> probe.relationOf(table) != Relation.SAME_SNAPSHOT)
        .map(Table::name)
        .toList();
  }

  private static Optional<String> warning(Probe probe) {
    if (probe.relation() != Relation.SAME_SNAPSHOT) {
      return Optional.of(
          "%s: the probe's relation to the cut is %s: nothing shows that the data is of one moment"
              .formatted(probe.stream(), probe.relation()));
    }
    List<String> outside = outside(probe);
    if (outside.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "%s: not of the dump's snapshot, so that only their presence can be checked: %s"
            .formatted(probe.stream(), NameList.shortened(outside, SHOWN)));
  }
}
