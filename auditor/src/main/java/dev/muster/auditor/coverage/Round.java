package dev.muster.auditor.coverage;

import dev.muster.auditor.evidence.Findings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// What all volumes of one round are judged by.
///
/// @param gap whether something of the cluster or of other tools could not be read
record Round(StoreSight store, Findings others, boolean gap, Instant now) {
  LocalDate today() {
    return LocalDate.ofInstant(now, ZoneOffset.UTC);
  }
}
