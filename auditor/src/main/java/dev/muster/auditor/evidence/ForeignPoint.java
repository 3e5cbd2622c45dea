package dev.muster.auditor.evidence;

import java.time.Instant;

/// A recovery point that another tool says it has.
///
/// @param object that says so, as `Kind/name`
/// @param cut the time of the data, or the earliest it can be
/// @param bound whether it is of the data that is there now, however young the claim; one that only
///   names a claim may be of another that had its name
public record ForeignPoint(String tool, String object, Instant cut, boolean bound) {

  public ForeignPoint(String tool, String object, Instant cut) {
    this(tool, object, cut, false);
  }

  /// The same, of the data that is there now.
  ForeignPoint ofWhatIsThere() {
    return new ForeignPoint(tool, object, cut, true);
  }
}
