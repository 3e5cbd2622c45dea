package dev.muster.auditor.run;

import dev.muster.auditor.contract.Workload;
import dev.muster.model.PointId;
import dev.muster.model.RunId;
import dev.muster.model.WorkloadKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All open runs of this cluster, each taking its turns on a virtual thread of its own.
///
/// Only a leader works: turns end without effect while `leads` is false, and a later leadership
/// reads them anew from the journal.
public final class Runs implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Runs.class);
  private static final Duration TROUBLE = Duration.ofSeconds(10);

  private final RunSettings settings;
  private final RunJournal journal;
  private final RunEvents events;
  private final BackupRun machine;
  private final InstantSource clock;
  private final BooleanSupplier leads;
  private final RunListener listener;
  private final Map<String, Turn> open = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("run-timer").factory());

  public Runs(RunPorts ports, RunSettings settings, BooleanSupplier leads, RunListener listener) {
    this.settings = settings;
    this.journal = ports.journal();
    this.events = new RunEvents(ports.cluster(), ports.events());
    this.machine = new BackupRun(ports, settings);
    this.clock = ports.clock();
    this.leads = leads;
    this.listener = listener;
  }

  /// Begins the run of this cause, or goes on with it where it was begun before; a run that has
  /// ended stays ended. Returns whether it is new. Throws where the journal cannot be asked:
  /// nothing is begun then.
  public boolean request(Workload workload, Cause cause, String plan, String retention) {
    WorkloadKey key = workload.ref().key();
    RunId id = cause.id(settings.clusterUid(), key);
    if (open.containsKey(id.value())) {
      return false;
    }
    Instant now = clock.instant();
    Instant slot = cause instanceof Cause.Slot(var at) ? at : now;
    Entry.Planned wanted =
        new Entry.Planned(
            id.value(),
            new PointId(slot, id).toString(),
            slot,
            cause.text(),
            workload.ref().kind(),
            workload.ref().namespace(),
            workload.ref().name(),
            workload.ref().uid(),
            plan,
            retention,
            now);
    Entry.Planned planned = journal.plan(wanted);
    if (!planned.equals(wanted)) {
      adopt(key.value(), id.value());
      return false;
    }
    enter(new RunRecord(planned));
    events.planned(planned);
    return true;
  }

  /// Goes on with a run that another leader began, where it has not ended.
  public void adopt(String workloadKey, String runId) {
    if (open.containsKey(runId)) {
      return;
    }
    journal.load(workloadKey, runId).filter(run -> !run.ended()).ifPresent(this::enter);
  }

  /// Something about this run may have changed.
  public void touch(String runId) {
    Turn turn = open.get(runId);
    if (turn != null) {
      turn.next.within(Duration.ZERO);
    }
  }

  /// Ids of the runs that are open here.
  public List<String> openRuns() {
    return List.copyOf(open.keySet());
  }

  @Override
  public void close() {
    timer.shutdownNow();
    open.clear();
  }

  private void enter(RunRecord run) {
    Turn turn = new Turn(run);
    if (open.putIfAbsent(run.planned().runId(), turn) == null) {
      turn.next.within(Duration.ZERO);
    }
  }

  /// Room for another Job: not too many at once, and no namespace takes all of it.
  private boolean mayBegin(Turn asking) {
    long running = open.values().stream().filter(t -> t.running).count();
    long here =
        open.values().stream()
            .filter(t -> t.running && t.namespace().equals(asking.namespace()))
            .count();
    long namespaces = open.values().stream().map(Turn::namespace).distinct().count();
    long share = Math.max(1, settings.parallel() / Math.max(1, namespaces));
    return running < settings.parallel() && here < share;
  }

  /// One run's place in the queue: its steps never overlap.
  private final class Turn {
    private final RunRecord run;
    private volatile boolean running;
    private final NextLook next = new NextLook(timer, this::begin);
    private boolean busy;
    private boolean again;

    Turn(RunRecord run) {
      this.run = run;
      this.running = run.open();
    }

    String namespace() {
      return run.planned().namespace();
    }

    private void begin() {
      Thread.ofVirtual().name("run-" + run.planned().runId()).start(this::take);
    }

    private void take() {
      synchronized (this) {
        if (busy) {
          again = true;
          return;
        }
        busy = true;
      }
      Duration atMost = step();
      boolean more;
      synchronized (this) {
        busy = false;
        more = again;
        again = false;
      }
      if (open.get(run.planned().runId()) == this) {
        next.within(more ? Duration.ZERO : atMost);
      }
    }

    /// The one place of this thread that catches broadly.
    private Duration step() {
      try {
        BackupRun.Step step = machine.advance(run, this::reserve, leads);
        running = run.open();
        return switch (step) {
          case BackupRun.Step.Later(var atMost) -> atMost;
          case BackupRun.Step.Ended() -> {
            open.remove(run.planned().runId(), this);
            listener.ended(run.planned(), run.seal(), run.failure());
            yield Duration.ZERO;
          }
        };
      } catch (RuntimeException | Error e) {
        log.error("backup {} cannot go on now", run.planned().point(), e);
        listener.trouble(run.planned(), e);
        return TROUBLE;
      }
    }

    private boolean reserve() {
      synchronized (open) {
        running = running || mayBegin(this);
        return running;
      }
    }
  }
}
