package dev.muster.model;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Names a recovery point: `20261101T020000Z-<run id>`. Sorts by time.
public record PointId(Instant slot, RunId run) implements Comparable<PointId> {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");
  private static final int TIME_LENGTH = 16;

  public PointId {
    slot = slot.truncatedTo(ChronoUnit.SECONDS);
  }

  /// Reads the text of a point; throws [IllegalArgumentException] for anything else.
  public static PointId parse(String text) {
    if (text.length() < TIME_LENGTH + 2 || text.charAt(TIME_LENGTH) != '-') {
      throw new IllegalArgumentException("not a point: <yyyyMMddTHHmmssZ>-<run id> expected");
    }
    try {
      LocalDateTime time = LocalDateTime.parse(text.substring(0, TIME_LENGTH), TIME);
      return new PointId(
          time.toInstant(ZoneOffset.UTC), new RunId(text.substring(TIME_LENGTH + 1)));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("not a point: its time is not yyyyMMddTHHmmssZ", e);
    }
  }

  /// Like [#parse], and empty for anything else: a store may hold what is not ours.
  public static Optional<PointId> find(String text) {
    try {
      return Optional.of(parse(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// The time part alone: `20261101T020000Z`.
  public String time() {
    return TIME.format(slot.atOffset(ZoneOffset.UTC));
  }

  @Override
  public int compareTo(PointId other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return time() + "-" + run;
  }
}
