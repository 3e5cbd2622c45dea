package dev.muster.auditor.saved;

import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.inventory.Inventory;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one look at a cluster has shown.
public record SavedInventory(Header header, Inventory inventory, Findings findings) {
  static final String FORMAT = "inventory/v1";

  /// The first line.
  ///
  /// @param muster the format
  /// @param clusterUid under which the store knows the cluster
  /// @param at the time of the look: ages are those of then
  /// @param namespace if only one was looked at
  public record Header(
      String muster, String cluster, String clusterUid, Instant at, @Nullable String namespace) {

    public static Header of(
        String cluster, String clusterUid, Instant at, @Nullable String namespace) {
      return new Header(FORMAT, cluster, clusterUid, at, namespace);
    }
  }
}
