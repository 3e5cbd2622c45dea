package dev.muster.auditor.coverage;

import dev.muster.auditor.contract.Engine;
import dev.muster.model.ContractReading;
import dev.muster.model.VolumeRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All that is known of one volume, before anything is judged.
///
/// @param user as `CoverageReport.Line.workload`
/// @param workloadLabels empty for a volume that no workload uses
/// @param engine of the workload
/// @param stored what the store has of the workload, where its data is on this volume
/// @param points those that count for the volume, of other tools as well
/// @param at the moment that ages are told by
public record VolumeSight(
    VolumeRef volume,
    String user,
    Map<String, String> namespaceLabels,
    Map<String, String> workloadLabels,
    ContractReading reading,
    Optional<Engine> engine,
    Evidence evidence,
    WorkloadEvidence stored,
    WorkloadEvidence points,
    VerdictFacts facts,
    Instant at) {

  /// The streams that a point must hold; empty where nothing says which.
  public Optional<Set<String>> expected() {
    return facts.engine().dataDirectory()
        ? engine.flatMap(holder -> Holding.expected(holder, reading))
        : Optional.empty();
  }

  /// Whether recovery points could be looked at.
  public enum Evidence {
    READ,
    UNREAD,
    /// Nothing is deployed yet.
    AHEAD
  }
}
