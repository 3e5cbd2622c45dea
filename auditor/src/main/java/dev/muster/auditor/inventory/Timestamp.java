package dev.muster.auditor.inventory;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Times as API servers write them, `2026-11-30T04:05:06Z`: the general parser costs as much as
/// reading all the rest of an object.
public final class Timestamp {
  private static final int LENGTH = 20;

  private Timestamp() {}

  /// Null for anything else.
  public static @Nullable Instant of(String text) {
    if (text.length() != LENGTH || text.charAt(LENGTH - 1) != 'Z') {
      return null;
    }
    try {
      long day =
          LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
      int seconds = number(text, 11, 13) * 3600 + number(text, 14, 16) * 60 + number(text, 17, 19);
      return Instant.ofEpochSecond(day * 86_400 + seconds);
    } catch (DateTimeException | NumberFormatException e) {
      return null;
    }
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
