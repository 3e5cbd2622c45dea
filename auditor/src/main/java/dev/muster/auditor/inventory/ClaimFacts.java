package dev.muster.auditor.inventory;

import org.jspecify.annotations.Nullable;

/// A PersistentVolumeClaim, or the template of one.
///
/// @param phase `Bound`, `Pending`, `Lost`, or empty
/// @param volume the PersistentVolume that it is bound to, or empty
public record ClaimFacts(
    Metadata metadata,
    String phase,
    @Nullable String storageClass,
    @Nullable String size,
    String volume)
    implements Facts {}
