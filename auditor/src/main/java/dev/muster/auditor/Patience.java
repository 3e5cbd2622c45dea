package dev.muster.auditor;

import dev.muster.http.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A check that complains only about a problem that lasts.
final class Patience implements Health.Check {

  private final InstantSource clock;
  private final Duration limit;
  private final Health.Check inner;
  private @Nullable Instant since;

  Patience(InstantSource clock, Duration limit, Health.Check inner) {
    this.clock = clock;
    this.limit = limit;
    this.inner = inner;
  }

  @Override
  public synchronized Optional<String> problem() {
    Optional<String> problem = inner.problem();
    if (problem.isEmpty()) {
      since = null;
      return problem;
    }
    Instant now = clock.instant();
    if (since == null) {
      since = now;
    }
    return now.isAfter(since.plus(limit)) ? problem : Optional.empty();
  }
}
