package dev.muster.model;

import java.time.Instant;
import java.util.regex.Pattern;

/// Names one run. The same cause on the same workload of the same cluster gives the same id, so two
/// writers meet on one key.
public record RunId(String value) {
  private static final Pattern SHAPE = Pattern.compile("[a-z2-7]{26}");

  public RunId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("not a run id: 26 letters of lower-case base32 expected");
    }
  }

  /// The run of a slot of the schedule.
  public static RunId ofSlot(String clusterUid, WorkloadKey workload, Instant slot) {
    return of(clusterUid, workload, "slot:" + slot);
  }

  /// The run that a value of the annotation `muster.dev/run` asks for.
  public static RunId ofRequest(String clusterUid, WorkloadKey workload, String value) {
    return of(clusterUid, workload, "run:" + value);
  }

  private static RunId of(String clusterUid, WorkloadKey workload, String cause) {
    return new RunId(Digests.base32(Digests.sha256(clusterUid, workload.value(), cause), 26));
  }

  @Override
  public String toString() {
    return value;
  }
}
