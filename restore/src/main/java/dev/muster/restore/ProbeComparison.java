package dev.muster.restore;

import dev.muster.model.NameList;
import dev.muster.repository.Manifest.Probe;
import dev.muster.repository.Manifest.Relation;
import dev.muster.repository.Manifest.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// Holds a restored database against the manifest's probe, table by table. Of a table that was not
/// counted in the dump's own snapshot only the presence is compared: it may have been written to in
/// between.
public final class ProbeComparison {
  private static final int SHOWN = 5;

  private final Probe probe;
  private final Map<String, Table> taken;
  private final Probe now;
  private final Map<String, Table> restored;

  public ProbeComparison(Probe taken, Probe restored) {
    this.probe = taken;
    this.taken = byName(taken);
    this.now = restored;
    this.restored = byName(restored);
  }

  /// The same tables with the same shape.
  public Comparison schema() {
    if (probe.schemaHash() == null) {
      return new Comparison.Incomparable(
          probe.stream() + ": the manifest's probe has no schema hash");
    }
    var missing = new TreeSet<>(taken.keySet());
    missing.removeAll(restored.keySet());
    if (!missing.isEmpty()) {
      return fails("tables missing after the restore: " + shown(missing));
    }
    var extra = new TreeSet<>(restored.keySet());
    extra.removeAll(taken.keySet());
    if (!extra.isEmpty() && !taken.isEmpty()) {
      return fails("tables that were not there at the cut: " + shown(extra));
    }
    return probe.schemaHash().equals(now.schemaHash())
        ? new Comparison.Same(probe.stream() + ": " + restored.size() + " tables")
        : fails("schema hash " + now.schemaHash() + " instead of " + probe.schemaHash());
  }

  /// The same number of rows in each table.
  public Comparison counts() {
    if (!comparable()) {
      return notComparable();
    }
    List<String> wrong = differing(table -> Long.toString(table.rows()));
    long rows = ofTheSnapshot().stream().mapToLong(Table::rows).sum();
    return wrong.isEmpty() ? same(rows + " rows") : fails("rows differ: " + shown(wrong));
  }

  /// The same rows in each table.
  public Comparison hashes() {
    if (!comparable()) {
      return notComparable();
    }
    List<Table> hashed = ofTheSnapshot();
    if (hashed.stream().anyMatch(table -> table.hash() == null)) {
      return new Comparison.Incomparable(
          probe.stream() + ": the manifest's probe has tables without a hash");
    }
    List<String> wrong = differing(table -> String.valueOf(table.hash()));
    return wrong.isEmpty()
        ? same(hashed.size() + " hashes equal")
        : fails("contents differ: " + shown(wrong));
  }

  /// Only counts of the dump's own snapshot can be held against the restored data one by one. A
  /// manifest that would have been too large has the schema's hash and no counts.
  private boolean comparable() {
    return taken.isEmpty()
        ? probe.relation() == Relation.SAME_SNAPSHOT && restored.isEmpty()
        : !ofTheSnapshot().isEmpty();
  }

  private Comparison notComparable() {
    return new Comparison.Incomparable(
        probe.relation() == Relation.SAME_SNAPSHOT && taken.isEmpty()
            ? probe.stream() + ": the manifest holds no counts, so its data cannot be compared"
            : "%s: the probe's relation to the cut is %s; only counts of the same snapshot prove data"
                .formatted(probe.stream(), relations()));
  }

  private String relations() {
    return taken.isEmpty()
        ? probe.relation().toString()
        : String.join(
            ", ",
            new TreeSet<>(
                taken.values().stream().map(t -> probe.relationOf(t).toString()).toList()));
  }

  private boolean isOfTheSnapshot(Table table) {
    return probe.relationOf(table) == Relation.SAME_SNAPSHOT;
  }

  private List<Table> ofTheSnapshot() {
    return taken.values().stream().filter(this::isOfTheSnapshot).toList();
  }

  private Comparison same(String note) {
    List<String> others =
        taken.values().stream().filter(table -> !isOfTheSnapshot(table)).map(Table::name).toList();
    return new Comparison.Same(
        probe.stream()
            + ": "
            + note
            + (others.isEmpty()
                ? ""
                : "; there, but not compared, since not of the dump's snapshot: " + shown(others)));
  }

  private List<String> differing(Function<Table, String> value) {
    List<String> wrong = new ArrayList<>();
    taken.forEach((name, was) -> {
      Table is = restored.get(name);
      String found = is == null ? "nothing" : value.apply(is);
      if (is != null && !isOfTheSnapshot(was)) {
        return;
      }
      if (!Objects.equals(value.apply(was), found)) {
        wrong.add("%s has %s instead of %s".formatted(name, found, value.apply(was)));
      }
    });
    return wrong;
  }

  private Comparison fails(String what) {
    return new Comparison.Differs(probe.stream() + ": " + what);
  }

  private static Map<String, Table> byName(Probe probe) {
    Map<String, Table> tables = new TreeMap<>();
    probe.tables().forEach(table -> tables.put(table.name(), table));
    return tables;
  }

  private static String shown(Collection<String> all) {
    return NameList.shortened(all, SHOWN);
  }
}
