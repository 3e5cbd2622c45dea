package dev.muster.auditor.coverage;

import dev.muster.auditor.inventory.ClaimFacts;
import dev.muster.auditor.inventory.PodShape;
import dev.muster.auditor.inventory.Room;
import dev.muster.auditor.inventory.Use;
import dev.muster.auditor.inventory.Uses;
import dev.muster.auditor.inventory.WorkloadFacts;
import dev.muster.model.DrillNamespace;
import dev.muster.model.VolumeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Finds every volume of one namespace that is there, or still to come. Pure.
final class Subjects {
  private static final Set<String> UNCLAIMED = Set.of("hostPath", "emptyDir");

  /// A set may ask for a billion.
  private static final int TO_COME = 1000;

  private final Room room;
  private final Predicate<Use> holdsData;
  private final List<Subject> all = new ArrayList<>();

  private Subjects(Room room, Predicate<Use> holdsData) {
    this.room = room;
    this.holdsData = holdsData;
  }

  /// @param holdsData whether an engine of the workload keeps its data there
  static List<Subject> of(Room room, Predicate<Use> holdsData) {
    // Namespaces of drills hold restored copies for minutes.
    if (DrillNamespace.is(room.name(), room.namespace().labels())) {
      return List.of();
    }
    Subjects subjects = new Subjects(room, holdsData);
    Uses uses = new Uses(room);
    room.claims().forEach(claim -> subjects.claim(claim, uses));
    room.workloads().forEach(subjects::templates);
    room.workloads().forEach(subjects::unclaimed);
    return subjects.all;
  }

  private void claim(ClaimFacts claim, Uses uses) {
    String name = claim.metadata().name();
    Optional<Use> use = uses.of(claim);
    all.add(
        new Subject(
            VolumeRef.claim(room.name(), name, claim.metadata().uid()),
            Optional.of(claim),
            use,
            use.map(u -> u.workload().said()).orElseGet(() -> uses.pod(name))));
  }

  /// Claims that the set will make: for each ordinal that has none yet, or one for a set of size 0.
  private void templates(WorkloadFacts workload) {
    for (ClaimFacts template : workload.claimTemplates()) {
      String name = template.metadata().name();
      Optional<Use> use = Optional.of(Use.of(workload, name));
      int claims = Math.clamp(workload.replicas(), 1, TO_COME);
      for (int ordinal = 0; ordinal < claims; ordinal++) {
        String claim = name + "-" + workload.metadata().name() + "-" + ordinal;
        if (room.claim(claim).isEmpty()) {
          all.add(
              new Subject(
                  new VolumeRef("template", room.name(), claim, ""),
                  Optional.of(template),
                  use,
                  workload.said()));
        }
      }
    }
  }

  /// An engine's data where no claim holds it.
  private void unclaimed(WorkloadFacts workload) {
    for (PodShape.Volume volume : workload.template().volumes()) {
      if (UNCLAIMED.contains(volume.source())) {
        Use use = Use.of(workload, volume.name());
        if (holdsData.test(use)) {
          all.add(
              new Subject(
                  new VolumeRef(
                      volume.source(),
                      room.name(),
                      workload.metadata().name() + "/" + volume.name(),
                      ""),
                  Optional.empty(),
                  Optional.of(use),
                  workload.said()));
        }
      }
    }
  }
}
