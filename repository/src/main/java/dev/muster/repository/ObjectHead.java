package dev.muster.repository;

import java.time.Instant;
import java.util.Optional;

/// What a store says about an object. `checksum` is the store's own word (full-object SHA-256 hex)
/// and often absent; our digests never depend on it.
public record ObjectHead(long size, Optional<String> checksum, String etag, Instant lastModified) {}
