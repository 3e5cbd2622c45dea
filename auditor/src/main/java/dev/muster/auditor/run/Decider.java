package dev.muster.auditor.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// The state machine of a run, without any effect.
final class Decider {

  /// From creation of a Job to its first sign of life.
  static final Duration POD_LIMIT = Duration.ofSeconds(100);

  private static final Duration TROUBLE_LIMIT = Duration.ofSeconds(20);
  private static final Duration STUCK_LIMIT = Duration.ofSeconds(60);
  private static final Duration UNSCHEDULABLE_LIMIT = Duration.ofSeconds(90);
  private static final Duration ADOPTION = Duration.ofSeconds(60);
  private static final Duration OVERTIME = Duration.ofMinutes(2);
  private static final Duration TICK = Duration.ofSeconds(5);

  private final int attempts;
  private final Duration backoff;

  Decider(int attempts, Duration backoff) {
    this.attempts = attempts;
    this.backoff = backoff;
  }

  /// `sighting` is asked only where an attempt is open.
  Decision decide(RunRecord run, Supplier<Sighting> sighting, Instant now) {
    if (run.ended()) {
      return new Decision.Ended();
    }
    Optional<RunRecord.Try> last = run.last();
    if (last.isEmpty()) {
      return new Decision.Begin(1);
    }
    if (last.get().failed().isPresent()) {
      return afterFailure(last.get().number(), last.get().failed().get(), now);
    }
    Entry.Attempt attempt = last.get().begun().orElseThrow();
    if (now.isAfter(attempt.deadline().plus(OVERTIME))) {
      return new Decision.FailAttempt(
          attempt, FailureReason.DEADLINE, "not ended by " + attempt.deadline());
    }
    return seen(attempt, sighting.get(), now);
  }

  private Decision afterFailure(int number, Entry.Failure failure, Instant now) {
    if (!failure.why().again() || number >= allowed(failure)) {
      return new Decision.FailRun(failure.why(), failure.detail());
    }
    Instant next = failure.at().plus(backoff.multipliedBy((long) number * number));
    return now.isBefore(next)
        ? new Decision.Wait(Duration.between(now, next))
        : new Decision.Begin(number + 1);
  }

  /// A lost Job, as of a leader that was killed before it made it, says nothing about the backup.
  private int allowed(Entry.Failure failure) {
    return failure.why() == FailureReason.JOB_LOST ? attempts + 1 : attempts;
  }

  private static Decision seen(Entry.Attempt attempt, Sighting sighting, Instant now) {
    return switch (sighting) {
      case Sighting.NoJob() ->
          passed(attempt.startedAt(), ADOPTION, now)
              ? new Decision.FailAttempt(
                  attempt, FailureReason.JOB_LOST, "Job " + attempt.job() + " does not exist")
              : new Decision.Wait(TICK);
      case Sighting.NoPod(var created, var trouble) -> noPod(attempt, created, trouble, now);
      case Sighting.Disturbed(var reason, var detail) ->
          new Decision.FailAttempt(attempt, reason, detail);
      case Sighting.OnePod(var reading) -> pod(attempt, reading, now);
    };
  }

  private static Decision noPod(
      Entry.Attempt attempt, Instant created, Optional<PodReading.Broken> trouble, Instant now) {
    if (trouble.isPresent() && passed(created, TROUBLE_LIMIT, now)) {
      return new Decision.FailAttempt(attempt, trouble.get().reason(), trouble.get().detail());
    }
    return passed(created, POD_LIMIT, now)
        ? new Decision.FailAttempt(
            attempt,
            FailureReason.JOB_LOST,
            "Job " + attempt.job() + " made no Pod within " + POD_LIMIT.toSeconds() + " s")
        : new Decision.Wait(TICK);
  }

  private static Decision pod(Entry.Attempt attempt, PodReading reading, Instant now) {
    return switch (reading) {
      case PodReading.Underway(var phase, var since) -> new Decision.Wait(TICK);
      case PodReading.Stuck(var reason, var detail, var since) ->
          passed(since, limit(reason), now)
              ? new Decision.FailAttempt(attempt, reason, detail)
              : new Decision.Wait(TICK);
      case PodReading.Broken(var reason, var detail) ->
          new Decision.FailAttempt(attempt, reason, detail);
      case PodReading.Finished finished -> new Decision.Seal(attempt, finished);
    };
  }

  private static Duration limit(FailureReason reason) {
    return reason == FailureReason.UNSCHEDULABLE ? UNSCHEDULABLE_LIMIT : STUCK_LIMIT;
  }

  private static boolean passed(Instant since, Duration limit, Instant now) {
    return now.isAfter(since.plus(limit));
  }
}
