package dev.muster.auditor.report;

/// Where a manifest begins.
///
/// @param file relative to where the audit ran, or absolute
/// @param line from 1
public record Source(String file, int line) {}
