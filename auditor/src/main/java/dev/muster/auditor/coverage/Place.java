package dev.muster.auditor.coverage;

import dev.muster.auditor.inventory.ClaimFacts;
import dev.muster.auditor.inventory.VolumeFacts;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a volume's data is, as far as it is known: `CoverageReport.Line`.
record Place(
    String phase,
    @Nullable String storageClass,
    @Nullable String size,
    String persistentVolume,
    String reclaimPolicy,
    @Nullable Instant created) {

  static Place of(ClaimFacts claim, Optional<VolumeFacts> volume) {
    return new Place(
        claim.phase(),
        claim.storageClass(),
        claim.size(),
        claim.volume(),
        volume.map(VolumeFacts::reclaimPolicy).orElse(""),
        claim.metadata().created());
  }

  static Place of(VolumeFacts volume) {
    return new Place(
        volume.phase(),
        volume.storageClass(),
        volume.size(),
        volume.metadata().name(),
        volume.reclaimPolicy(),
        volume.metadata().created());
  }

  /// Of what nothing but its being there is known.
  static Place since(@Nullable Instant created) {
    return new Place("", null, null, "", "", created);
  }
}
