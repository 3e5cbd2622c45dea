package dev.muster.auditor.evidence;

import java.time.Instant;

/// An attempt of another tool that failed.
///
/// @param object that says so, as `Kind/name`
public record ForeignFailure(String tool, String object, Instant at, String detail) {}
