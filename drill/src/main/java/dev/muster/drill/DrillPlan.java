package dev.muster.drill;

import dev.muster.model.Contract;
import dev.muster.model.Schedule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which drills are due. Uses neither clock nor cluster.
///
/// Of several missed slots only the newest is run, and none from before `since`: a drill that was
/// asked for by nobody yet is not caught up at the first start.
final class DrillPlan {
  private final String clusterUid;

  DrillPlan(String clusterUid) {
    this.clusterUid = clusterUid;
  }

  /// @param done ids of drills that have an outcome or are under way
  List<DrillRequest> due(
      List<DrillSubject> subjects, Set<String> done, Instant since, Instant now) {
    List<DrillRequest> due = new ArrayList<>();
    for (DrillSubject subject : subjects) {
      Contract contract = subject.contract();
      contract
          .drillRun()
          .map(value -> request(subject, DrillRequest.run(value)))
          .ifPresent(due::add);
      if (!contract.protect().equals(Optional.of(false))) {
        contract
            .drill()
            .flatMap(schedule -> newestSlot(schedule, since, now))
            .map(slot -> request(subject, DrillRequest.slot(slot)))
            .ifPresent(due::add);
      }
    }
    due.removeIf(request -> done.contains(request.id()));
    return due;
  }

  private static Optional<Instant> newestSlot(Schedule schedule, Instant since, Instant now) {
    Optional<Instant> newest = Optional.empty();
    Optional<Instant> next = schedule.next(since);
    while (next.isPresent() && !next.get().isAfter(now)) {
      newest = next;
      next = schedule.next(next.get());
    }
    return newest;
  }

  private DrillRequest request(DrillSubject subject, String cause) {
    Contract contract = subject.contract();
    return new DrillRequest(
        clusterUid,
        subject.workload(),
        cause,
        contract.drillSelect(),
        contract.rto(),
        contract.rpo());
  }
}
