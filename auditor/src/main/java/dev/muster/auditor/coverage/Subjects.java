package dev.muster.auditor.coverage;

import dev.muster.auditor.inventory.ClaimFacts;
import dev.muster.auditor.inventory.Metadata;
import dev.muster.auditor.inventory.Owners;
import dev.muster.auditor.inventory.PodFacts;
import dev.muster.auditor.inventory.PodShape;
import dev.muster.auditor.inventory.Room;
import dev.muster.auditor.inventory.ServiceFacts;
import dev.muster.auditor.inventory.Use;
import dev.muster.auditor.inventory.Uses;
import dev.muster.auditor.inventory.VolumeFacts;
import dev.muster.auditor.inventory.WorkloadFacts;
import dev.muster.model.DrillNamespace;
import dev.muster.model.VolumeRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds every volume of one namespace that is there, or still to come. Pure.
final class Subjects {
  /// A set may ask for a billion.
  private static final int TO_COME = 1000;

  private final Room room;
  private final RoomContracts asked;
  private final Uses uses;
  private final Owners owners;
  private final List<Subject> all = new ArrayList<>();
  private final Set<String> made = new HashSet<>();

  private Subjects(Room room, RoomContracts asked) {
    this.room = room;
    this.asked = asked;
    this.uses = new Uses(room);
    this.owners = new Owners(room);
  }

  /// @param asked in the same namespace
  static List<Subject> of(Room room, RoomContracts asked) {
    // Namespaces of drills hold restored copies for minutes.
    if (DrillNamespace.is(room.name(), room.namespace().labels())) {
      return List.of();
    }
    Subjects subjects = new Subjects(room, asked);
    room.claims().forEach(subjects::claim);
    room.volumes().forEach(subjects::unclaimed);
    room.workloads().forEach(subjects::templates);
    room.workloads().forEach(subjects::mounted);
    room.services().forEach(subjects::outside);
    return subjects.all;
  }

  private void claim(ClaimFacts claim) {
    String name = claim.metadata().name();
    Optional<Use> use = user(claim);
    Optional<PodFacts> pod = use.isPresent() ? Optional.empty() : uses.pod(name);
    List<String> chain = use.isPresent() ? owners.of(use.get().workload()) : owners.of(claim, pod);
    if (claim.metadata().controller() != null) {
      use.map(Subjects::said).ifPresent(made::add);
    }
    all.add(
        new Subject(
            VolumeRef.claim(room.name(), name, claim.metadata().uid()),
            Place.of(claim, room.volume(claim)),
            Optional.of(claim),
            claim.metadata().annotations(),
            use,
            use.isPresent() || pod.isPresent() ? chain.getFirst() : "",
            chain));
  }

  private Optional<Use> user(ClaimFacts claim) {
    Optional<Use> first = uses.of(claim);
    if (first.isEmpty()) {
      return first;
    }
    String name = claim.metadata().name();
    List<Use> others = uses.others(name, first.get());
    return others.isEmpty()
        ? first
        : Optional.of(asked.decisive(first.get(), others, name, claim.metadata().annotations()));
  }

  /// A volume whose claim is gone or has another, and one that nobody has claimed.
  private void unclaimed(VolumeFacts volume) {
    String name = volume.metadata().name();
    if (room.claim(volume).isEmpty()) {
      all.add(Subject.alone(ref(Subject.VOLUME, name), Place.of(volume), Map.of()));
    }
  }

  /// Claims that the set will make: for each ordinal that has none yet, or one for a set of size 0.
  private void templates(WorkloadFacts workload) {
    for (ClaimFacts template : workload.claimTemplates()) {
      String name = template.metadata().name();
      Use use = Use.of(workload, name);
      int claims = Math.clamp(workload.replicas(), 1, TO_COME);
      int first = workload.firstOrdinal();
      for (long ordinal = first; ordinal < (long) first + claims; ordinal++) {
        String claim = name + "-" + workload.metadata().name() + "-" + ordinal;
        if (room.claim(claim).isEmpty()) {
          Place place = Place.of(template, Optional.empty());
          List<Use> others = uses.others(claim, use);
          Use by = others.isEmpty() ? use : asked.decisive(use, others, claim, Map.of());
          all.add(used(ref(Subject.TEMPLATE, claim), place, Optional.of(template), by));
        }
      }
    }
  }

  /// What Pods mount without a claim.
  private void mounted(WorkloadFacts workload) {
    for (PodShape.Volume volume : workload.template().volumes()) {
      if (Mounted.mayHoldData(volume)) {
        Use use = Use.of(workload, volume.name());
        if (asked.data(use) || Mounted.outlives(workload, volume) && !made.contains(said(use))) {
          String name = workload.metadata().name() + "/" + volume.name();
          Place place = Place.since(workload.metadata().created());
          all.add(used(ref(volume.source(), name), place, Optional.empty(), use));
        }
      }
    }
  }

  private void outside(ServiceFacts service) {
    if (DatabaseAddress.likely(service.externalName(), service.ports())) {
      Metadata metadata = service.metadata();
      all.add(
          Subject.alone(
              ref(Subject.SERVICE, metadata.name()),
              Place.since(metadata.created()),
              metadata.annotations()));
    }
  }

  private Subject used(VolumeRef volume, Place place, Optional<ClaimFacts> claim, Use use) {
    WorkloadFacts user = use.workload();
    List<String> chain = owners.of(user);
    return new Subject(volume, place, claim, Map.of(), Optional.of(use), chain.getFirst(), chain);
  }

  private VolumeRef ref(String kind, String name) {
    return new VolumeRef(kind, room.name(), name, "");
  }

  private static String said(Use use) {
    return use.workload().said() + "/" + use.volume();
  }
}
