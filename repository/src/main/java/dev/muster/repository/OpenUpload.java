package dev.muster.repository;

import java.time.Instant;

/// An upload that nobody completed or aborted yet.
public record OpenUpload(String key, String uploadId, Instant initiated) {}
