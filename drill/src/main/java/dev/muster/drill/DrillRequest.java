package dev.muster.drill;

import dev.muster.model.DrillSelect;
import dev.muster.model.WorkloadRef;
import dev.muster.repository.Digests;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One drill that somebody or a schedule asks for. The same cause on the same workload is the same
/// drill, whoever asks again.
///
/// @param cause `slot:<instant>` or `run:<value of muster.dev/drill-run>`
/// @param rto the promise that the drill's clock is held against
public record DrillRequest(
    String clusterUid,
    WorkloadRef workload,
    String cause,
    DrillSelect select,
    Optional<Duration> rto,
    Optional<Duration> rpo) {
  private static final int ID_LENGTH = 12;

  static String slot(Instant slot) {
    return "slot:" + slot;
  }

  static String run(String value) {
    return "run:" + value;
  }

  /// Whether a person asked, who then wants to hear also that there is nothing to drill.
  boolean asked() {
    return cause.startsWith("run:");
  }

  /// Names the drill in labels, events and evidence.
  public String id() {
    String all = clusterUid + "\0" + workload.key() + "\0drill-" + cause;
    return Digests.sha256(all.getBytes(StandardCharsets.UTF_8)).substring(0, ID_LENGTH);
  }
}
