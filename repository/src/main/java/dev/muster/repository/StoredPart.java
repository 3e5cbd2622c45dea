package dev.muster.repository;

import java.util.Optional;

/// A part as the store holds it. `sha256` is empty where the store keeps no checksum of parts.
public record StoredPart(int number, long bytes, String etag, Optional<String> sha256) {}
