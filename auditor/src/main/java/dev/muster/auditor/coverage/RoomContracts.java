package dev.muster.auditor.coverage;

import dev.muster.auditor.contract.PolicyRecognition;
import dev.muster.auditor.inventory.Room;
import dev.muster.auditor.inventory.Use;
import dev.muster.auditor.inventory.WorkloadFacts;
import dev.muster.model.ContractKey;
import dev.muster.model.ContractReader;
import dev.muster.model.ContractReading;
import dev.muster.model.ContractSources;
import dev.muster.model.WorkloadRef;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is asked for in one namespace. Most workloads and claims say nothing themselves: what the
/// namespace says is read once for all of them.
final class RoomContracts {
  private final Room room;
  private final ContractReader contracts;
  private final PolicyRecognition engines;
  private final Map<WorkloadFacts, Holding> holdings = new IdentityHashMap<>();
  private @Nullable ContractReading silent;

  RoomContracts(Room room, ContractReader contracts, PolicyRecognition engines) {
    this.room = room;
    this.contracts = contracts;
    this.engines = engines;
  }

  Map<String, String> namespaceLabels() {
    return room.namespace().labels();
  }

  Holding holding(WorkloadFacts workload) {
    return holdings.computeIfAbsent(
        workload,
        added -> {
          ContractReading reading =
              read(workload.ref(), workload.metadata().annotations(), Map.of());
          return new Holding(
              reading, engines.recognised(workload.template().containers(), reading));
        });
  }

  /// Whether an engine keeps its data there.
  boolean data(Use use) {
    return holding(use.workload()).data(use);
  }

  /// That of the workload, unless the claim says something itself. A database that only has an
  /// object is a workload of its own.
  ContractReading reading(Subject subject) {
    if (subject.database()) {
      return read(ref(subject), subject.own(), Map.of());
    }
    return subject.use().isPresent()
        ? reading(subject.use().get().workload(), subject.own())
        : read(ref(subject), Map.of(), subject.own());
  }

  private ContractReading reading(WorkloadFacts workload, Map<String, String> own) {
    return says(own)
        ? read(workload.ref(), workload.metadata().annotations(), own)
        : holding(workload).reading();
  }

  /// Of several users of a claim the one by whose contract it is judged: the first that wants it
  /// protected, before all one whose engine keeps data there. What another one waives or excludes
  /// is no word of theirs.
  ///
  /// @param own annotations of the claim
  Use decisive(Use first, List<Use> others, String claim, Map<String, String> own) {
    List<Use> wanting =
        Stream.concat(Stream.of(first), others.stream())
            .filter(use -> wants(use, claim, own))
            .toList();
    // Where nobody does, no user's word takes away what a database there would need.
    List<Use> asked =
        wanting.isEmpty() ? Stream.concat(Stream.of(first), others.stream()).toList() : wanting;
    return asked.stream().filter(this::holdsData).findFirst().orElse(asked.getFirst());
  }

  private boolean holdsData(Use use) {
    return use.workload().lasting() && data(use);
  }

  /// What looks at a claim or copies it once in a while asks for nothing unless it says so. Of a
  /// contract that does not read nobody knows what it asks for.
  private boolean wants(Use use, String claim, Map<String, String> own) {
    WorkloadFacts workload = use.workload();
    if (!workload.lasting() && !says(workload.metadata().annotations())) {
      return false;
    }
    ContractReading reading = reading(workload, own);
    List<String> excluded = reading.effective().excludeVolumes();
    return !reading.valid()
        || reading.wanted() && !excluded.contains(claim) && !excluded.contains(use.volume());
  }

  private ContractReading read(
      WorkloadRef ref, Map<String, String> workload, Map<String, String> claim) {
    if (says(workload) || says(claim)) {
      return contracts.read(ref, sources(workload, claim));
    }
    if (silent == null) {
      silent = contracts.read(ref, sources(Map.of(), Map.of()));
    }
    return silent;
  }

  private ContractSources sources(Map<String, String> workload, Map<String, String> claim) {
    return new ContractSources(room.namespace().annotations(), workload, claim);
  }

  private static boolean says(Map<String, String> annotations) {
    for (String key : annotations.keySet()) {
      if (key.startsWith(ContractKey.PREFIX)) {
        return true;
      }
    }
    return false;
  }

  private static WorkloadRef ref(Subject subject) {
    var volume = subject.volume();
    return new WorkloadRef(volume.kind(), volume.namespace(), volume.name(), volume.uid());
  }
}
