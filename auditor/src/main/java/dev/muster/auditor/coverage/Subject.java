package dev.muster.auditor.coverage;

import dev.muster.auditor.evidence.OutsideDatabase;
import dev.muster.auditor.inventory.ClaimFacts;
import dev.muster.auditor.inventory.Use;
import dev.muster.model.VolumeRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One volume to be judged, and who uses it.
///
/// @param claim the claim or template, where there is one
/// @param own annotations, by which it may say how it wants to be protected
/// @param use by a workload
/// @param user the workload, or a Pod without one; empty for none
/// @param owners as in `CoverageReport.Line`
record Subject(
    VolumeRef volume,
    Place place,
    Optional<ClaimFacts> claim,
    Map<String, String> own,
    Optional<Use> use,
    String user,
    List<String> owners) {
  static final String VOLUME = "PersistentVolume";
  static final String TEMPLATE = "template";
  static final String SERVICE = "Service";

  /// One that no workload uses.
  static Subject alone(VolumeRef volume, Place place, Map<String, String> own) {
    return new Subject(volume, place, Optional.empty(), own, Optional.empty(), "", List.of());
  }

  /// Whether `exclude-volumes` means it: by its own name, or by that in the template.
  boolean among(List<String> names) {
    return !names.isEmpty()
        && (names.contains(volume.name())
            || use.map(u -> names.contains(u.volume())).orElse(false));
  }

  /// Whether it is one outside of the cluster that an operator's object stands for.
  boolean database() {
    return OutsideDatabase.is(volume.kind());
  }

  VerdictFacts.Volume facts() {
    String kind = volume.kind();
    return new VerdictFacts.Volume(
        kind, kind.equals(SERVICE) || database(), kind.equals(VOLUME) ? place.phase() : null);
  }
}
