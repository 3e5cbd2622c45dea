package dev.muster.auditor.coverage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A drill that restored a point and found all data.
///
/// @param recovery how long it took; empty where the evidence does not say
public record Proof(Instant at, Optional<Duration> recovery) {}
