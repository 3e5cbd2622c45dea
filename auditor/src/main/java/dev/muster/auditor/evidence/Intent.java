package dev.muster.auditor.evidence;

/// One tool's word that it means a volume: no evidence.
///
/// @param object where it is said, for people
public record Intent(String tool, String object) {}
