package dev.muster.auditor.inventory;

/// A PersistentVolume.
///
/// @param phase `Available`, `Bound`, `Released`, `Failed`, or empty
/// @param reclaimPolicy `Delete`, `Retain`, or empty
/// @param driver of CSI; empty for other volumes
/// @param handle what the driver calls it
/// @param claimNamespace of the claim that it is or was bound to; empty for none
public record VolumeFacts(
    Metadata metadata,
    String phase,
    String reclaimPolicy,
    String driver,
    String handle,
    String claimNamespace,
    String claimName)
    implements Facts {}
