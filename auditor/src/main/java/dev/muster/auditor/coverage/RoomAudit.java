package dev.muster.auditor.coverage;

import dev.muster.auditor.contract.EngineRecognition;
import dev.muster.auditor.inventory.Room;
import dev.muster.auditor.inventory.WorkloadFacts;
import dev.muster.model.ContractKey;
import dev.muster.model.ContractReader;
import dev.muster.model.ContractReading;
import dev.muster.model.ContractSources;
import dev.muster.model.WorkloadRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Judges every volume of one namespace.
final class RoomAudit {
  private final Room room;
  private final ContractReader contracts;
  private final EngineRecognition engines;
  private final Judge judge;
  private final Map<WorkloadFacts, Holding> holdings = new IdentityHashMap<>();
  private @Nullable ContractReading ownerless;

  private RoomAudit(Room room, ContractReader contracts, EngineRecognition engines, Judge judge) {
    this.room = room;
    this.contracts = contracts;
    this.engines = engines;
    this.judge = judge;
  }

  /// By name.
  static List<CoverageReport.Line> lines(
      Room room, ContractReader contracts, EngineRecognition engines, Judge judge, Round round) {
    return new RoomAudit(room, contracts, engines, judge).lines(round);
  }

  private List<CoverageReport.Line> lines(Round round) {
    List<CoverageReport.Line> lines = new ArrayList<>();
    for (Subject subject : Subjects.of(room, use -> holding(use.workload()).data(use))) {
      lines.add(
          judge.line(
              subject, reading(subject), subject.use().map(use -> holding(use.workload())), round));
    }
    lines.sort(Comparator.comparing(CoverageReport.Line::name));
    return lines;
  }

  private Holding holding(WorkloadFacts workload) {
    return holdings.computeIfAbsent(
        workload,
        added -> {
          ContractReading reading =
              contracts.read(workload.ref(), sources(workload.metadata().annotations(), Map.of()));
          return new Holding(reading, engines.recognise(workload.template().containers(), reading));
        });
  }

  /// That of the workload, unless the claim says something itself.
  private ContractReading reading(Subject subject) {
    Map<String, String> own =
        subject
            .claim()
            .filter(c -> !subject.volume().kind().equals("template"))
            .map(c -> c.metadata().annotations())
            .filter(annotations ->
                annotations.keySet().stream().anyMatch(key -> key.startsWith(ContractKey.PREFIX)))
            .orElse(Map.of());
    Optional<WorkloadFacts> workload = subject.use().map(Use::workload);
    if (own.isEmpty()) {
      return workload.map(w -> holding(w).reading()).orElseGet(() -> ownerless(subject));
    }
    return contracts.read(
        workload.map(WorkloadFacts::ref).orElseGet(() -> ref(subject)),
        sources(workload.map(w -> w.metadata().annotations()).orElse(Map.of()), own));
  }

  /// Alike for all claims without a workload and without words of their own.
  private ContractReading ownerless(Subject subject) {
    if (ownerless == null) {
      ownerless = contracts.read(ref(subject), sources(Map.of(), Map.of()));
    }
    return ownerless;
  }

  private ContractSources sources(Map<String, String> workload, Map<String, String> claim) {
    return new ContractSources(room.namespace().annotations(), workload, claim);
  }

  private static WorkloadRef ref(Subject subject) {
    var volume = subject.volume();
    return new WorkloadRef(volume.kind(), volume.namespace(), volume.name(), volume.uid());
  }
}
