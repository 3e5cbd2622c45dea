package dev.muster.model;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Grandfather-father-son over verified points: how many to keep of the newest, and of the newest
/// of each day, ISO week, month and year.
public record Retention(int last, int days, int weeks, int months, int years) {
  static final String ALLOWED = "counts such as \"7d 4w 12m 3y\" or \"last=10\", at most 9999 each";
  private static final Pattern WORD = Pattern.compile("([0-9]{1,4})([dwmy])|last=([0-9]{1,4})");

  public Retention {
    if (last < 0 || days < 0 || weeks < 0 || months < 0 || years < 0) {
      throw new IllegalArgumentException("a count of a retention is negative");
    }
    if (last + days + weeks + months + years == 0) {
      throw new IllegalArgumentException("a retention that keeps nothing");
    }
  }

  public static Parsed<Retention> parse(String text) {
    int[] counts = {-1, -1, -1, -1, -1};
    for (String word : text.strip().split("[ ,]+")) {
      Matcher matcher = WORD.matcher(word);
      if (!matcher.matches()) {
        return Parsed.refused("not a retention", ALLOWED);
      }
      boolean isLast = matcher.group(3) != null;
      int place = isLast ? 0 : 1 + "dwmy".indexOf(matcher.group(2));
      if (counts[place] >= 0) {
        return Parsed.refused("a count is given twice", ALLOWED);
      }
      counts[place] = Integer.parseInt(isLast ? matcher.group(3) : matcher.group(1));
    }
    return of(counts);
  }

  private static Parsed<Retention> of(int[] counts) {
    int sum = 0;
    for (int i = 0; i < counts.length; i++) {
      counts[i] = Math.max(0, counts[i]);
      sum += counts[i];
    }
    return sum == 0
        ? Parsed.refused("the retention keeps nothing", ALLOWED)
        : Parsed.value(new Retention(counts[0], counts[1], counts[2], counts[3], counts[4]));
  }

  /// How far back it reaches, in weeks of 7, months of 30 and years of 365 days. `last` says
  /// nothing of time.
  public Duration reach() {
    return Duration.ofDays(
        Math.max(Math.max(days, 7L * weeks), Math.max(30L * months, 365L * years)));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    append(text, last > 0 ? "last=" + last : "");
    append(text, days > 0 ? days + "d" : "");
    append(text, weeks > 0 ? weeks + "w" : "");
    append(text, months > 0 ? months + "m" : "");
    append(text, years > 0 ? years + "y" : "");
    return text.toString();
  }

  private static void append(StringBuilder text, String word) {
    if (!word.isEmpty()) {
      text.append(text.isEmpty() ? "" : " ").append(word);
    }
  }
}
