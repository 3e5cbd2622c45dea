package dev.muster.auditor.coverage;

import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.inventory.Facts;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.inventory.Kind;
import dev.muster.auditor.inventory.Room;
import dev.muster.cluster.ObjectName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The verdicts on a cluster that goes on changing: a change costs what its namespace costs. For
/// one thread at a time.
public final class StandingAudit {
  private final Coverage coverage;
  private final Inventory inventory;
  private final Map<String, List<CoverageReport.Line>> lines = new HashMap<>();
  private final Set<String> changed = new HashSet<>();
  private @Nullable Round round;

  /// Judges nothing yet.
  public StandingAudit(Coverage coverage, Inventory inventory) {
    this.coverage = coverage;
    this.inventory = inventory;
  }

  /// Judges everything anew: time passes, and stores fill.
  ///
  /// @param others what other tools say of the same cluster
  public void again(Findings others) {
    Round begun = coverage.round(inventory, others);
    lines.clear();
    changed.clear();
    coverage.rooms(inventory, begun).forEach(room -> judge(room, begun));
    round = begun;
  }

  public Inventory inventory() {
    return inventory;
  }

  /// An object is there, or is another than it was.
  public void put(Facts facts) {
    changed.addAll(inventory.put(facts));
  }

  public void remove(Kind kind, ObjectName name) {
    changed.addAll(inventory.remove(kind, name));
  }

  /// As of now; what changed is judged by the store and the other tools as they were when
  /// everything was, which must have been.
  public CoverageReport report() {
    Round last = Objects.requireNonNull(round, "everything is judged first");
    for (String namespace : changed) {
      Databases.room(namespace, inventory, last.others())
          .ifPresentOrElse(room -> judge(room, last), () -> lines.remove(namespace));
    }
    changed.clear();
    List<List<CoverageReport.Line>> all = new ArrayList<>();
    for (Room room : coverage.rooms(inventory, last)) {
      all.add(lines.getOrDefault(room.name(), List.of()));
    }
    return coverage.report(inventory, last, all);
  }

  private void judge(Room room, Round by) {
    lines.put(room.name(), coverage.lines(room, by));
  }
}
