package dev.muster.repository;

import java.time.Duration;

/// How long one call may go on against a store that fails or is silent. No try begins once the time
/// is over, so that a call ends at the latest one try later.
///
/// @param call for what is small: listings, heads, manifests, the journal
/// @param data for opening data and for putting an upload together
public record RetryBudget(Backoff backoff, Duration call, Duration data) {

  /// For servers: bridges a minute. A call against a silent store ends within 90 s.
  public static final RetryBudget SERVER =
      new RetryBudget(Backoff.STORE, Duration.ofSeconds(55), Duration.ofMinutes(5));

  /// For people who wait for an answer: bridges a blink.
  public static final RetryBudget PERSON =
      new RetryBudget(Backoff.PROMPT, Duration.ofSeconds(15), Duration.ofMinutes(1));
}
