package dev.muster.auditor.evidence;

import dev.muster.model.Beginning;
import java.time.Instant;

/// An attempt of another tool that failed.
///
/// @param object that says so, as `Kind/name`
/// @param detail as the tool says it, cut where it tells a whole log
public record ForeignFailure(String tool, String object, Instant at, String detail) {
  private static final int DETAIL = 1000;

  public ForeignFailure {
    detail = Beginning.of(detail, DETAIL);
  }
}
