package dev.muster.config;

import java.time.Duration;
import java.util.Optional;

/// What the controls demand of one volume: `docs/reference/controls.md`.
///
/// @param frequency the longest time between two slots of its plan
/// @param retention how far back its plan keeps, at least
/// @param pointRetention the same, of the plan that its newest point was made under
/// @param restoreWithin empty for the `rto` of its contract
public record ControlParameters(
    Duration frequency,
    Duration retention,
    Duration pointRetention,
    Duration newestWithin,
    Optional<Duration> restoreWithin,
    Duration drillWithin) {}
