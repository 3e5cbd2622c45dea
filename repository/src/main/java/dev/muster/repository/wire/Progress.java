package dev.muster.repository.wire;

/// How far one stream is.
public record Progress(String attempt, String stream, long plainBytes, long storedBytes) {}
