package dev.muster.auditor.inventory;

import org.jspecify.annotations.Nullable;

/// A PersistentVolume.
///
/// @param phase `Available`, `Bound`, `Released`, `Failed`, or empty
/// @param size as in `spec.capacity.storage`
/// @param reclaimPolicy `Delete`, `Retain`, or empty
/// @param driver of CSI; empty for other volumes
/// @param handle what the driver calls it
/// @param claimNamespace of the claim that it is or was bound to; empty for none
/// @param claimUid of that claim; empty where it is kept for one that has not come
public record VolumeFacts(
    Metadata metadata,
    String phase,
    @Nullable String storageClass,
    @Nullable String size,
    String reclaimPolicy,
    String driver,
    String handle,
    String claimNamespace,
    String claimName,
    String claimUid)
    implements Facts {}
