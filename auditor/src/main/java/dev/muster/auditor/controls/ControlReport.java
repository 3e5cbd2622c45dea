package dev.muster.auditor.controls;

import java.time.Instant;
import java.util.List;

/// What every control says of a cluster, at one moment.
///
/// @param storeRead whether recovery points could be looked at
/// @param controls by id
/// @param gaps what of the cluster or of other tools could not be read, with the next step
public record ControlReport(
    String cluster, Instant at, boolean storeRead, List<Control> controls, List<String> gaps) {

  public ControlReport {
    controls = List.copyOf(controls);
    gaps = List.copyOf(gaps);
  }

  /// Whether a control fails for some volume.
  public boolean fails() {
    return controls.stream().anyMatch(control -> control.fail() > 0);
  }

  /// The same, of some of its controls.
  public ControlReport of(List<Control> some) {
    return new ControlReport(cluster, at, storeRead, some, gaps);
  }

  /// How many volumes it passes, fails, ...
  ///
  /// @param failing each volume that it fails for
  /// @param missing why it says nothing of others
  public record Control(
      String id,
      int pass,
      int fail,
      int waived,
      int notEvaluated,
      int notApplicable,
      List<Failing> failing,
      List<Missing> missing) {

    public Control {
      failing = List.copyOf(failing);
      missing = List.copyOf(missing);
    }
  }

  /// @param volume its kind, as in `CoverageReport.Line`
  /// @param workload empty for none
  public record Failing(
      String volume,
      String namespace,
      String name,
      String workload,
      String reason,
      String nextStep) {}

  /// @param volumes of how many
  public record Missing(String reason, String nextStep, int volumes) {}
}
