package dev.muster.model;

import java.time.Instant;
import java.util.Optional;

/// What coverage knows of a recovery point, of any tool.
///
/// @param tool `muster`, or the name of the tool that made it
/// @param id the tool's own name of the point; a [PointId] for Muster's
/// @param cut the time of the data, not the time at which a job ended
/// @param suspicious empty or far below the trend: does not count as coverage
public record RecoveryPoint(
    String tool,
    String id,
    WorkloadKey workload,
    Instant cut,
    long storedBytes,
    Optional<Instant> verifiedAt,
    Optional<Instant> provenAt,
    boolean suspicious) {}
