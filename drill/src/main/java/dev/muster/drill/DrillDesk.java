package dev.muster.drill;

import dev.muster.model.PointId;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Keys;
import dev.muster.repository.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes in what is due and runs it in that order. One thread calls intake, any number work.
final class DrillDesk {
  private static final Logger log = LoggerFactory.getLogger(DrillDesk.class);

  /// Drills wait for each other: one on record does not mean that those before it are. What is on
  /// record is not repeated.
  private static final Duration QUEUED = Duration.ofDays(1);

  private final BackupStore store;
  private final Keys keys;
  private final DrillRecords records;
  private final DrillPlan plan;
  private final PointChoice choice;
  private final DrillMachine machine;
  private final DrillNews news;
  private final InstantSource clock;
  private final BlockingQueue<DrillRequest> waiting = new LinkedBlockingQueue<>();
  private final Set<String> done = new HashSet<>();
  private @Nullable Instant since;

  DrillDesk(
      BackupStore store,
      Keys keys,
      DrillRecords records,
      DrillPlan plan,
      PointChoice choice,
      DrillMachine machine,
      DrillNews news,
      InstantSource clock) {
    this.store = store;
    this.keys = keys;
    this.records = records;
    this.plan = plan;
    this.choice = choice;
    this.machine = machine;
    this.news = news;
    this.clock = clock;
  }

  /// To be called on becoming leader: what the store already knows is not drilled again, and slots
  /// missed since the last drill are caught up.
  void recall() {
    since = null;
    waiting.clear();
    done.clear();
    Instant last = clock.instant();
    List<DrillResult> known = records.all();
    known.forEach(result -> done.add(result.drill()));
    if (!known.isEmpty()) {
      last = known.getLast().endedAt().minus(QUEUED);
    }
    since = last;
    log.info("{} drills on record, slots count from {}", known.size(), last);
  }

  /// Queues what has become due.
  void intake(List<DrillSubject> subjects) {
    Instant from = since;
    if (from == null) {
      return;
    }
    Instant now = clock.instant();
    for (DrillRequest request : plan.due(subjects, done, from, now)) {
      done.add(request.id());
      waiting.add(request);
    }
    since = now.isBefore(from) ? from : now;
  }

  /// How many drills wait for their turn.
  int waiting() {
    return waiting.size();
  }

  /// Waits for the next request and runs it to its end.
  void work() throws InterruptedException {
    DrillRequest request = waiting.take();
    try {
      drill(request);
    } catch (RuntimeException e) {
      log.error("drill {} of {} broke", request.id(), request.workload(), e);
      news.inconclusive(request, "the drill broke: " + e.getMessage());
    }
  }

  private void drill(DrillRequest request) {
    Optional<PointId> point = choice.pick(request.select(), points(request));
    if (point.isEmpty()) {
      log.info("drill {} of {}: no recovery point", request.id(), request.workload());
      if (request.asked()) {
        news.inconclusive(request, "there is no recovery point to drill");
      }
      return;
    }
    log.info("drill {} of {}: point {}", request.id(), request.workload(), point.get());
    news.started(request, point.get().toString());
    DrillReport report = machine.run(request, point.get(), news::phase);
    if (Thread.currentThread().isInterrupted()) {
      log.info("drill {} was interrupted: it is run again at the next start", request.id());
      return;
    }
    String text = report.outcome().word() + ": " + report.outcome().text();
    log.info("drill {} of {}: {}", request.id(), request.workload(), text);
    record(report, text);
  }

  /// A drill that is not on record proves nothing to anybody.
  private void record(DrillReport report, String text) {
    try {
      records.append(report);
    } catch (StoreException e) {
      log.error("drill {} is not on record", report.id(), e);
      news.inconclusive(
          report.request(), "not on record: " + e.getMessage() + "; the drill itself: " + text);
      return;
    }
    news.ended(report);
  }

  private List<PointId> points(DrillRequest request) {
    return store.children(keys.points(request.workload().key().value())).stream()
        .flatMap(name -> PointId.find(name).stream())
        .toList();
  }
}
