package dev.muster.repository.wire;

/// The mover asks where to send one ready part. Numbers start at 1; `sha256` is lower-case hex.
public record PartRequest(
    String attempt, String stream, int segment, int part, long length, String sha256) {}
