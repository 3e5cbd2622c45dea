package dev.muster.repository;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: doubling up to a cap, with full jitter so that many
/// clients of one store do not return together.
public record Backoff(int attempts, Duration first, Duration cap) {

  /// Eight attempts with pauses of about half a minute in all.
  public static final Backoff STORE =
      new Backoff(8, Duration.ofMillis(250), Duration.ofSeconds(20));

  /// Four attempts with pauses of about a second in all.
  public static final Backoff PROMPT =
      new Backoff(4, Duration.ofMillis(250), Duration.ofSeconds(2));

  /// The wait after `failed` attempts, counted from 1.
  public Duration wait(int failed, RandomGenerator random) {
    long bound = Math.min(cap.toMillis(), first.toMillis() << Math.min(failed - 1, 20));
    return Duration.ofMillis(bound / 2 + random.nextLong(bound / 2 + 1));
  }
}
