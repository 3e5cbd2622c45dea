package dev.muster.repository;

import java.time.Instant;

/// One line of a listing.
public record ListedObject(String key, long size, Instant lastModified) {}
