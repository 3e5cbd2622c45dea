package dev.muster.auditor.report;

import java.time.Instant;
import java.util.Map;

/// How many volumes had each verdict at one moment.
public record TrendPoint(Instant at, Map<String, Integer> counts) {

  public TrendPoint {
    counts = Map.copyOf(counts);
  }
}
