package dev.muster.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The five fields of a cron expression and what `H` means in each.
enum CronField {
  MINUTE(0, 59),
  HOUR(0, 23),
  DAY(1, 28),
  MONTH(1, 12),
  WEEKDAY(0, 6);

  private static final Pattern JITTER =
      Pattern.compile("H(?:\\((\\d{1,2})-(\\d{1,2})\\))?(?:/(\\d{1,2}))?");

  private final int first;
  private final int last;

  CronField(int first, int last) {
    this.first = first;
    this.last = last;
  }

  /// Replaces each `H` of the field's list; throws [IllegalArgumentException] for a wrong range.
  String resolve(String field, WorkloadKey key) {
    if (field.indexOf('H') < 0) {
      return field;
    }
    String[] items = field.split(",", -1);
    for (int i = 0; i < items.length; i++) {
      Matcher matcher = JITTER.matcher(items[i]);
      if (matcher.matches()) {
        items[i] = item(matcher, key);
      }
    }
    return String.join(",", items);
  }

  private String item(Matcher matcher, WorkloadKey key) {
    int from = matcher.group(1) == null ? first : Integer.parseInt(matcher.group(1));
    int to = matcher.group(2) == null ? last : Integer.parseInt(matcher.group(2));
    if (from < first || to > last || from > to) {
      throw new IllegalArgumentException("the range of H is not within " + first + "-" + last);
    }
    if (matcher.group(3) == null) {
      return Integer.toString(from + jitter(key, to - from + 1));
    }
    int step = Integer.parseInt(matcher.group(3));
    if (step < 1 || step > to - from + 1) {
      throw new IllegalArgumentException("the step of H is not within its range");
    }
    return (from + jitter(key, step)) + "-" + to + "/" + step;
  }

  private int jitter(WorkloadKey key, int size) {
    long mixed = (key.seed() + ordinal()) * 0x9E3779B97F4A7C15L;
    return Math.floorMod(mixed ^ mixed >>> 32, size);
  }
}
