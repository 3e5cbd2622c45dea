package dev.muster.auditor.run;

import dev.muster.model.RunId;
import dev.muster.model.WorkloadKey;
import java.time.Instant;

/// Why a run exists. The same cause gives the same run id everywhere.
public sealed interface Cause {

  RunId id(String clusterUid, WorkloadKey workload);

  /// The word for the journal: `slot:2026-11-01T02:00:00Z`, `run:1762000000`.
  String text();

  /// A slot of the schedule.
  record Slot(Instant at) implements Cause {
    @Override
    public RunId id(String clusterUid, WorkloadKey workload) {
      return RunId.ofSlot(clusterUid, workload, at);
    }

    @Override
    public String text() {
      return "slot:" + at;
    }
  }

  /// A value of the annotation `muster.dev/run`.
  record Request(String value) implements Cause {
    @Override
    public RunId id(String clusterUid, WorkloadKey workload) {
      return RunId.ofRequest(clusterUid, workload, value);
    }

    @Override
    public String text() {
      return "run:" + value;
    }
  }
}
