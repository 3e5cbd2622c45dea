package dev.muster.cli;

import dev.muster.model.PointId;
import dev.muster.model.WorkloadKey;
import dev.muster.repository.Manifest;
import dev.muster.repository.PointReader;
import dev.muster.repository.PointReader.Found;

/// A point that somebody named, believed because of its signed manifest.
record NamedPoint(PointId id, WorkloadKey workload, Manifest manifest, boolean tampered) {

  static PointId parsed(String text) {
    try {
      return PointId.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadInput("'" + text + "' is " + e.getMessage() + "; see muster points", e);
    }
  }

  static WorkloadKey workload(Session session, PointId id) {
    return new PointList(session).workloadOf(id).orElseThrow(() -> absent(id));
  }

  static BadInput absent(PointId id) {
    return new BadInput("the store has no point " + id + ": see muster points");
  }

  static NamedPoint read(Session session, PointId id) {
    WorkloadKey workload = workload(session, id);
    PointReader reader = new PointReader(session.store(), session.keys(), session.verifier());
    Found found = reader.read(workload.value(), id.toString()).orElseThrow(() -> absent(id));
    return switch (found) {
      case Found.Genuine genuine ->
          new NamedPoint(id, workload, genuine.manifest(), genuine.tampered());
      case Found.Refused(_, var reason, String detail) ->
          throw new BadInput(
              "point %s is not to be believed: %s: %s".formatted(id, reason.word(), detail));
    };
  }
}
