package dev.muster.model;

import java.time.LocalDate;

/// Who accepts that a volume is not protected, why, and until when (that day included).
public record Waiver(String owner, String reason, LocalDate until) {
  public boolean expired(LocalDate today) {
    return today.isAfter(until);
  }

  /// Whether the waiver runs longer than the configuration allows.
  public boolean longerThan(int maxDays, LocalDate today) {
    return until.isAfter(today.plusDays(maxDays));
  }
}
