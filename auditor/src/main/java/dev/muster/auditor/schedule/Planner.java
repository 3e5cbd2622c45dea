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
/// while nobody looked, and each new value of `muster.dev/run`. The leader's work.
public final class Planner implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Planner.class);
  private static final Duration AGAIN = Duration.ofMinutes(1);
  private static final int COUNTED = 1000;

  private final RunStarter starter;
  private final InstantSource clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final Set<String> requested = ConcurrentHashMap.newKeySet();
  private volatile Optional<SlotTimer> timer = Optional.empty();

  public Planner(RunStarter starter, InstantSource clock) {
    this.starter = starter;
    this.clock = clock;
  }

  private record Known(Effective effective, Optional<Schedule> schedule) {}

  /// Begins or goes on with a run; idempotent for the same cause.
  public interface RunStarter {
    void start(Effective effective, Cause cause);

    /// The slot of the newest sealed point, if there is one.
    Optional<Instant> newest(WorkloadKey workload);

    /// This many slots before the one that is caught up with had no run.
    void missed(Effective effective, int slots, Instant caughtUp);
  }

  /// Connects the timer, whose listener is `due`.
  public void use(SlotTimer slotTimer) {
    timer = Optional.of(slotTimer);
  }

  /// A workload is as said now. Cheap where nothing has changed. Throws where a request cannot be
  /// started or no slot be set: the next look tries again.
  public void consider(Effective effective) {
    try {
      slots(effective);
    } finally { // neither waits for the other
      request(effective);
    }
  }

  private void slots(Effective effective) {
    String key = effective.workload().ref().key().value();
    Optional<Schedule> schedule = schedule(effective);
    Known before = known.get(key);
    boolean same = before != null && before.schedule().equals(schedule);
    Instant now = clock.instant();
    Optional<Instant> missed =
        same ? Optional.empty() : schedule.flatMap(s -> catchUp(effective, s, now));
    known.put(key, new Known(effective, schedule));
    if (same) {
      return;
    }
    try {
      if (schedule.isEmpty()) {
        timer.ifPresent(t -> t.cancel(key));
      } else if (missed.isEmpty() || start(effective, new Cause.Slot(missed.get()))) {
        next(key, schedule.get(), now);
      } else {
        again(key, missed.get());
      }
    } catch (RuntimeException e) {
      known.remove(key);
      throw e;
    }
  }

  /// The workload is gone.
  public void forget(WorkloadKey workload) {
    known.remove(workload.value());
    timer.ifPresent(t -> t.cancel(workload.value()));
  }

  /// A slot has come.
  public void due(String key, Instant slot) {
    Known now = known.get(key);
    if (now == null || now.schedule().isEmpty()) {
      return;
    }
    if (start(now.effective(), new Cause.Slot(slot))) {
      next(key, now.schedule().get(), slot);
    } else {
      again(key, slot);
    }
  }

  @Override
  public void close() {
    timer.ifPresent(SlotTimer::close);
    known.clear();
  }

  private void next(String key, Schedule schedule, Instant after) {
    schedule.next(after).ifPresent(slot -> timer.ifPresent(t -> t.set(key, slot, slot)));
  }

  private void again(String key, Instant slot) {
    timer.ifPresent(t -> t.set(key, slot, clock.instant().plus(AGAIN)));
  }

  /// The slot to catch up with; empty where the newest point is not older than the latest slot.
  private Optional<Instant> catchUp(Effective effective, Schedule schedule, Instant now) {
    Optional<Instant> slot = DueSlots.latest(schedule, effective.workload().created(), now);
    if (slot.isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> newest = starter.newest(effective.workload().ref().key());
    newest
        .map(last -> DueSlots.between(schedule, last, slot.get(), COUNTED))
        .filter(missed -> missed > 0)
        .ifPresent(missed -> starter.missed(effective, missed, slot.get()));
    return newest.isEmpty() || newest.get().isBefore(slot.get()) ? slot : Optional.empty();
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

  private boolean start(Effective effective, Cause cause) {
    try {
      starter.start(effective, cause);
      return true;
    } catch (RuntimeException e) {
      log.error("{}: {} was not started", effective.workload(), cause.text(), e);
      return false;
    }
  }

  private static Optional<Schedule> schedule(Effective effective) {
    return effective.wanted() && effective.reading().valid() && effective.engine().isPresent()
        ? effective.contract().schedule()
        : Optional.empty();
  }
}
