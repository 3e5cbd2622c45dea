package dev.muster.auditor.run;

import dev.muster.auditor.contract.Workload;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.Deletion;
import dev.muster.cluster.ObjectName;
import dev.muster.model.AttemptId;
import dev.muster.model.WorkloadRef;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Keys;
import dev.muster.repository.OpenUpload;
import dev.muster.repository.StoreException;
import dev.muster.repository.wire.RunReport;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out one decision for one run at a time. Every step can be repeated: after a crash at any
/// point the journal and the Job say where to go on.
final class BackupRun {

  private static final Logger log = LoggerFactory.getLogger(BackupRun.class);
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration BINDING = Duration.ofSeconds(2);

  private final Cluster cluster;
  private final BackupStore store;
  private final Keys keys;
  private final RunJournal journal;
  private final Preparation preparation;
  private final Ground ground;
  private final Sightings sightings;
  private final Sealing sealing;
  private final RunEvents events;
  private final Decider decider;
  private final InstantSource clock;
  private final RandomGenerator random;

  BackupRun(RunPorts ports, RunSettings settings) {
    this.cluster = ports.cluster();
    this.store = ports.store();
    this.keys = ports.keys();
    this.journal = ports.journal();
    this.preparation = new Preparation(ports.cluster(), ports.contracts(), settings);
    this.ground = new Ground(ports.cluster(), settings, ports.journal());
    this.sightings = new Sightings(ports.cluster(), ports.clock());
    this.sealing = ports.sealing();
    this.events = new RunEvents(ports.cluster(), ports.events());
    this.decider = new Decider(settings.attempts(), settings.backoff());
    this.clock = ports.clock();
    this.random = ports.random();
  }

  /// How a step ended, for the one who plans the next.
  sealed interface Step {
    /// Go on at a change, or after this time at the latest.
    record Later(Duration atMost) implements Step {}

    /// The run has ended.
    record Ended() implements Step {}
  }

  /// Decides and does one thing. `mayBegin` says whether there is room for another Job; `leads` is
  /// asked again right before each effect.
  Step advance(RunRecord run, BooleanSupplier mayBegin, BooleanSupplier leads) {
    if (!leads.getAsBoolean()) {
      return new Step.Later(SOON);
    }
    Entry.Planned planned = run.planned();
    Decision decision =
        decider.decide(
            run,
            () -> sightings.of(planned, run.last().orElseThrow().begun().orElseThrow()),
            clock.instant());
    if (!leads.getAsBoolean()) {
      return new Step.Later(SOON);
    }
    return switch (decision) {
      case Decision.Ended() -> new Step.Ended();
      case Decision.Wait(var atMost) -> new Step.Later(atMost);
      case Decision.Begin(var number) ->
          mayBegin.getAsBoolean() ? begin(run, number, leads) : new Step.Later(SOON);
      case Decision.FailAttempt(var attempt, var reason, var detail) ->
          failAttempt(run, attempt, reason, detail);
      case Decision.FailRun(var reason, var detail) -> failRun(run, reason, detail);
      case Decision.Seal(var attempt, var finished) -> seal(run, attempt, finished);
    };
  }

  private Step begin(RunRecord run, int number, BooleanSupplier leads) {
    Entry.Planned planned = run.planned();
    Instant now = clock.instant();
    String id = AttemptId.next(number, random).toString();
    return switch (preparation.prepare(planned, id, number, now)) {
      case Preparation.Outcome.Refused(var reason, var detail) ->
          refuse(run, id, reason, detail, leads);
      case Preparation.Outcome.Ready ready -> start(run, ready, leads);
    };
  }

  private Step start(RunRecord run, Preparation.Outcome.Ready ready, BooleanSupplier leads) {
    Entry.Planned planned = run.planned();
    Entry.Attempt attempt = ready.order().attempt();
    try {
      if (ground.bind(planned.namespace())) {
        // The API server's authorizer needs a moment until it knows a new RoleBinding.
        return new Step.Later(BINDING);
      }
      ground.open(planned, ready.workload(), attempt.target());
    } catch (ClusterException.Unreachable e) {
      log.warn("{} waits: {}", planned.point(), e.getMessage());
      return new Step.Later(SOON);
    } catch (ClusterException e) {
      return refuse(run, attempt.attempt(), reason(e), String.valueOf(e.getMessage()), leads);
    }
    if (!leads.getAsBoolean()) {
      return new Step.Later(SOON);
    }
    journal.begin(planned, attempt);
    run.begun(attempt);
    if (!leads.getAsBoolean()) {
      // Who leads now finds an attempt without a Job, fails it, and begins the next.
      log.warn("{}: the Lease lapsed before Job {} was made", planned.point(), attempt.job());
      return new Step.Later(SOON);
    }
    return create(run, attempt, JobShape.of(ready.order()), leads);
  }

  private Step create(RunRecord run, Entry.Attempt attempt, Job job, BooleanSupplier leads) {
    try {
      cluster.create(job);
      events.running(run.planned(), attempt);
    } catch (ClusterException.Unreachable e) {
      // Nothing is known: the next look tells whether the Job exists.
      log.warn("Job {}: {}", attempt.job(), e.getMessage());
    } catch (ClusterException e) {
      // The client repeats a creation whose answer was lost: then it is ours that is there.
      boolean created =
          e instanceof ClusterException.Conflict && ours(run.planned(), attempt).isPresent();
      if (!created && leads.getAsBoolean()) {
        return failAttempt(run, attempt, reason(e), String.valueOf(e.getMessage()));
      }
    }
    if (!leads.getAsBoolean()) {
      withdraw(run.planned(), attempt);
    }
    return new Step.Later(SOON);
  }

  /// Who slept between asking and creating may find that another leader gave the attempt up before
  /// there was a Job: then ours came too late.
  private void withdraw(Entry.Planned planned, Entry.Attempt attempt) {
    if (journal.attemptEnded(RunJournal.key(planned), planned.runId(), attempt.attempt())) {
      log.warn("{}: Job {} came after its attempt was given up", planned.point(), attempt.job());
      ours(planned, attempt).ifPresent(this::delete);
    }
  }

  private Optional<Job> ours(Entry.Planned planned, Entry.Attempt attempt) {
    return cluster
        .find(Job.class, ObjectName.in(planned.namespace(), attempt.job()))
        .filter(job -> Sightings.isOf(job, attempt));
  }

  private static FailureReason reason(ClusterException e) {
    return switch (e) {
      case ClusterException.Rejected rejected ->
          switch (rejected.reason()) {
            case QUOTA -> FailureReason.QUOTA;
            case POD_SECURITY -> FailureReason.POD_SECURITY;
            case ADMISSION, INVALID -> FailureReason.ADMISSION;
            case TERMINATING -> FailureReason.CANCELLED;
          };
      case ClusterException.NotFound notFound -> FailureReason.CANCELLED;
      case ClusterException.Conflict conflict -> FailureReason.JOB_LOST;
      case ClusterException.Forbidden forbidden -> FailureReason.FORBIDDEN;
      case ClusterException.Unreachable unreachable -> FailureReason.JOB_LOST;
    };
  }

  private Step seal(RunRecord run, Entry.Attempt attempt, PodReading.Finished finished) {
    Entry.Planned planned = run.planned();
    Optional<String> doubt = doubt(planned, attempt);
    if (doubt.isPresent()) {
      return failAttempt(run, attempt, FailureReason.TARGET_REPLACED, doubt.get());
    }
    if (!MoverWord.reported(finished.moverMessage())) {
      return failAttempt(
          run, attempt, FailureReason.NO_REPORT, "the mover ended without saying that it reported");
    }
    Optional<RunReport> report = journal.report(planned, attempt.attempt());
    if (report.isEmpty()) {
      return failAttempt(run, attempt, FailureReason.NO_REPORT, "no report in the journal");
    }
    return switch (sealing.seal(planned, attempt, report.get(), finished.exitCodes())) {
      case Sealing.Outcome.Committed(var digest, var bytes) ->
          sealed(run, new Sealing.Standing(attempt.attempt(), digest, bytes));
      case Sealing.Outcome.Lost(var detail) ->
          failAttempt(run, attempt, FailureReason.LOST_RACE, detail);
      case Sealing.Outcome.Incomplete(var detail) ->
          failAttempt(run, attempt, FailureReason.INCOMPLETE, detail);
    };
  }

  private Step sealed(RunRecord run, Sealing.Standing point) {
    Entry.Planned planned = run.planned();
    Entry.Sealed sealed =
        journal.seal(
            planned,
            new Entry.Sealed(
                point.attempt(), point.manifestSha256(), point.storedBytes(), clock.instant()));
    run.sealed(sealed);
    ground.close(planned);
    events.sealed(planned, sealed);
    return new Step.Ended();
  }

  /// The Pod that was dumped must still be the one that was chosen: an address may be given away.
  private Optional<String> doubt(Entry.Planned planned, Entry.Attempt attempt) {
    Entry.Target target = attempt.target();
    Optional<Pod> now = cluster.find(Pod.class, ObjectName.in(planned.namespace(), target.pod()));
    boolean same = now.isPresent() && target.podUid().equals(now.get().getMetadata().getUid());
    return same
        ? Optional.empty()
        : Optional.of("Pod " + target.pod() + " was replaced while it was dumped");
  }

  /// An attempt that never got as far as a Job.
  private Step refuse(
      RunRecord run, String attempt, FailureReason reason, String detail, BooleanSupplier leads) {
    if (!leads.getAsBoolean()) {
      return new Step.Later(SOON);
    }
    Entry.Failure failure =
        journal.failAttempt(
            run.planned(), Entry.Failure.of(attempt, reason, detail, clock.instant()));
    run.failedAttempt(failure);
    ground.close(run.planned());
    return new Step.Later(AT_ONCE);
  }

  /// The store is the truth: who died between the commit and the journal, or lost to itself, has
  /// not failed.
  private Step failAttempt(
      RunRecord run, Entry.Attempt attempt, FailureReason reason, String detail) {
    Optional<Sealing.Standing> stands = sealing.standing(run.planned());
    if (stands.isEmpty()) {
      return failed(run, attempt, reason, detail);
    }
    log.warn(
        "{} is sealed by attempt {}, whatever befell attempt {}: {}",
        run.planned().point(),
        stands.get().attempt(),
        attempt.attempt(),
        detail);
    clear(run, attempt);
    return sealed(run, stands.get());
  }

  private Step failed(RunRecord run, Entry.Attempt attempt, FailureReason reason, String detail) {
    Entry.Planned planned = run.planned();
    String full =
        reason == FailureReason.NETWORK ? detail + "\n" + proposal(planned, attempt) : detail;
    Entry.Failure failure =
        journal.failAttempt(
            planned, Entry.Failure.of(attempt.attempt(), reason, full, clock.instant()));
    run.failedAttempt(failure);
    if (reason.again()) {
      events.failed(planned, failure);
    }
    clear(run, attempt);
    return new Step.Later(AT_ONCE);
  }

  private Step failRun(RunRecord run, FailureReason reason, String detail) {
    Entry.Failure failure =
        journal.fail(run.planned(), Entry.Failure.of("", reason, detail, clock.instant()));
    run.failed(failure);
    ground.close(run.planned());
    events.failed(run.planned(), failure);
    return new Step.Ended();
  }

  /// Ends the Job, closes the network where no other attempt needs it, and gives up the uploads.
  /// What fails here is left to the sweep.
  private void clear(RunRecord run, Entry.Attempt attempt) {
    Entry.Planned planned = run.planned();
    try {
      ours(planned, attempt).ifPresent(this::delete);
    } catch (ClusterException e) {
      log.warn("Job {} ends by its deadline: {}", attempt.job(), e.getMessage());
    }
    if (!run.open()) {
      ground.close(planned);
    }
    try {
      String folder = keys.data(RunJournal.key(planned), planned.runId(), attempt.attempt());
      for (OpenUpload upload : store.listUploads(folder)) {
        store.abortUpload(upload.key(), upload.uploadId());
      }
    } catch (StoreException e) {
      log.warn("uploads of {} are left to the sweep: {}", planned.point(), e.getMessage());
    }
  }

  private void delete(Job job) {
    Deletion only = Deletion.plain().onlyUid(job.getMetadata().getUid());
    cluster.delete(Job.class, ObjectName.of(job), only);
  }

  private String proposal(Entry.Planned planned, Entry.Attempt attempt) {
    var ref = new WorkloadRef(planned.kind(), planned.namespace(), planned.name(), planned.uid());
    return Workload.kind(ref)
        .flatMap(kind -> cluster.find(kind, ObjectName.in(planned.namespace(), planned.name())))
        .flatMap(Workload::of)
        .map(workload -> ground.proposal(workload, attempt.target()))
        .orElse("");
  }
}
