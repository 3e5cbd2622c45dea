package dev.muster.auditor.schedule;

import dev.muster.auditor.contract.Effective;
import dev.muster.auditor.run.Cause;
import dev.muster.model.Schedule;
import dev.muster.model.WorkloadKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns contracts into runs: the next slot of each schedule, one catch-up for slots that passed
/// while nobody looked or the store could not be asked, and each new value of `muster.dev/run`. The
/// leader's work. The work on one workload never overlaps, whichever thread brings it.
public final class Planner implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Planner.class);
  private static final Duration AGAIN = Duration.ofMinutes(1);

  private final RunStarter starter;
  private final InstantSource clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final Turns turns = new Turns();
  private final Set<String> requested = ConcurrentHashMap.newKeySet();
  private volatile Optional<SlotTimer> timer = Optional.empty();

  public Planner(RunStarter starter, InstantSource clock) {
    this.starter = starter;
    this.clock = clock;
  }

  /// Begins or goes on with a run; idempotent for the same cause.
  public interface RunStarter {
    /// Whether the run is new; throws where that is unknown.
    boolean start(Effective effective, Cause cause);

    /// The slot of the newest sealed point, if there is one.
    Optional<Instant> newest(WorkloadKey workload);

    /// These slots had no run. Told once, when the run that catches up has begun.
    void missed(Effective effective, Missed missed);
  }

  /// Connects the timer, whose listener is `due`.
  public void use(SlotTimer slotTimer) {
    timer = Optional.of(slotTimer);
  }

  /// A workload is as said now. Cheap where nothing has changed. Throws where a request cannot be
  /// started or no slot be set: the next look tries again.
  public void consider(Effective effective) {
    turns.take(
        effective.workload().ref().key().value(),
        key -> {
          try {
            slots(key, effective);
          } finally { // neither waits for the other
            request(effective);
          }
        });
  }

  /// The workload is gone.
  public void forget(WorkloadKey workload) {
    turns.take(
        workload.value(),
        key -> {
          known.remove(key);
          timer.ifPresent(t -> t.cancel(key));
        });
  }

  /// A slot has come. Whatever the schedule was when its timer was set, the one now in force holds.
  public void due(String key, Instant slot) {
    turns.take(
        key,
        _ -> {
          Known now = known.get(key);
          if (now != null && now.schedule().isPresent()) {
            run(key, now, now.schedule().get(), later(slot, clock.instant()));
          }
        });
  }

  @Override
  public void close() {
    timer.ifPresent(SlotTimer::close);
    known.clear();
  }

  private void slots(String key, Effective effective) {
    Optional<Schedule> schedule = schedule(effective);
    Known before = known.get(key);
    if (before != null && before.schedule().equals(schedule)) {
      known.put(key, before.as(effective));
      return;
    }
    Instant now = clock.instant();
    Instant since = schedule.map(s -> since(effective, s, now)).orElse(now);
    Known fresh = new Known(effective, schedule, since, false);
    known.put(key, fresh);
    try {
      if (schedule.isEmpty()) {
        timer.ifPresent(t -> t.cancel(key));
      } else {
        run(key, fresh, schedule.get(), now);
      }
    } catch (RuntimeException e) {
      known.remove(key);
      throw e;
    }
  }

  /// Runs the latest slot that is due, if there is one, and sets the timer for what comes next.
  private void run(String key, Known of, Schedule schedule, Instant now) {
    Optional<Instant> slot = DueSlots.latest(schedule, of.since(), now);
    if (slot.isEmpty()) {
      next(key, schedule, now);
      return;
    }
    switch (start(of.effective(), new Cause.Slot(slot.get()))) {
      case FAILED -> {
        known.put(key, of.failed());
        again(key, slot.get());
      }
      case NEW -> ran(key, of, schedule, slot.get(), true);
      case KNOWN -> ran(key, of, schedule, slot.get(), of.retried());
    }
  }

  private void ran(String key, Known of, Schedule schedule, Instant slot, boolean tell) {
    if (tell) {
      Missed.of(schedule, of.since(), slot)
          .ifPresent(missed -> starter.missed(of.effective(), missed));
    }
    known.put(key, of.ranUpTo(slot));
    next(key, schedule, slot);
  }

  private void next(String key, Schedule schedule, Instant after) {
    schedule.next(after).ifPresent(slot -> timer.ifPresent(t -> t.set(key, slot, slot)));
  }

  private void again(String key, Instant slot) {
    timer.ifPresent(t -> t.set(key, slot, clock.instant().plus(AGAIN)));
  }

  /// Up to when nothing is owed. A workload that never had a point has only its latest slot to
  /// catch up with.
  private Instant since(Effective effective, Schedule schedule, Instant now) {
    Optional<Instant> slot = DueSlots.latest(schedule, effective.workload().created(), now);
    if (slot.isEmpty()) {
      return now;
    }
    Instant newest =
        starter.newest(effective.workload().ref().key()).orElse(slot.get().minusMillis(1));
    return newest.isBefore(slot.get()) ? newest : now;
  }

  private void request(Effective effective) {
    Optional<String> value = effective.contract().run();
    if (value.isEmpty()) {
      return;
    }
    String key = effective.workload().ref().key().value() + "\0" + value.get();
    if (!requested.contains(key)) {
      starter.start(effective, new Cause.Request(value.get()));
      requested.add(key);
    }
  }

  private enum Start {
    NEW,
    KNOWN,
    FAILED
  }

  private Start start(Effective effective, Cause cause) {
    try {
      return starter.start(effective, cause) ? Start.NEW : Start.KNOWN;
    } catch (RuntimeException e) {
      log.error("{}: {} was not started", effective.workload(), cause.text(), e);
      return Start.FAILED;
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Optional<Schedule> schedule(Effective effective) {
    return effective.wanted() && effective.reading().valid() && effective.engine().isPresent()
        ? effective.contract().schedule()
        : Optional.empty();
  }
}
