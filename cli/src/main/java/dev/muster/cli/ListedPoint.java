package dev.muster.cli;

import java.util.List;

/// One line of `muster points`.
///
/// @param state `sealed`, or why the manifest is not to be believed
record ListedPoint(
    String point,
    String workload,
    String workloadKey,
    String slot,
    long storedBytes,
    String consistency,
    List<String> streams,
    boolean trusted,
    String state) {

  static ListedPoint refused(String point, String workloadKey, String reason) {
    return new ListedPoint(point, "", workloadKey, "", 0, "", List.of(), false, reason);
  }
}
