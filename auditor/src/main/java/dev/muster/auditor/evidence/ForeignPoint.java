package dev.muster.auditor.evidence;

import java.time.Instant;

/// A recovery point that another tool says it has.
///
/// @param object that says so, as `Kind/name`
/// @param cut the time of the data, or the earliest it can be
public record ForeignPoint(String tool, String object, Instant cut) {}
