package dev.muster.model;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One attempt of a run. The random half keeps two attempts of one number off each other's keys.
public record AttemptId(int number, String random) {
  private static final Pattern TEXT = Pattern.compile("a([1-9][0-9]{0,3})-([0-9a-f]{8})");
  private static final Pattern RANDOM = Pattern.compile("[0-9a-f]{8}");

  public AttemptId {
    if (number < 1 || number > 9999 || !RANDOM.matcher(random).matches()) {
      throw new IllegalArgumentException("not an attempt: number 1-9999 and 8 hex digits expected");
    }
  }

  public static AttemptId next(int number, RandomGenerator random) {
    return new AttemptId(number, HexFormat.of().toHexDigits(random.nextInt()));
  }

  /// Reads `a1-0f3c9a2b`; throws [IllegalArgumentException] for anything else.
  public static AttemptId parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not an attempt: a<number>-<8 hex digits> expected");
    }
    return new AttemptId(Integer.parseInt(matcher.group(1)), matcher.group(2));
  }

  @Override
  public String toString() {
    return "a" + number + "-" + random;
  }
}
