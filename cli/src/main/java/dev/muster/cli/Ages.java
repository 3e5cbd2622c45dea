package dev.muster.cli;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long ago something was, for people: `3m`, `26h`, `12d`.
final class Ages {

  private Ages() {}

  static String text(@Nullable Instant then, Instant now) {
    if (then == null) {
      return "";
    }
    Duration age = Duration.between(then, now);
    if (age.toMinutes() < 2) {
      return Math.max(0, age.toSeconds()) + "s";
    }
    if (age.toHours() < 2) {
      return age.toMinutes() + "m";
    }
    return age.toDays() < 3 ? age.toHours() + "h" : age.toDays() + "d";
  }
}
