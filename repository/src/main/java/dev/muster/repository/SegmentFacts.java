package dev.muster.repository;

/// What the signed manifest says about a segment; `name` is for messages.
public record SegmentFacts(String name, long bytes, String sha256) {}
