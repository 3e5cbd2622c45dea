package dev.muster.drill;

import dev.muster.drill.Finding.Fails;
import dev.muster.drill.Finding.Holds;
import dev.muster.drill.Finding.Unclear;
import dev.muster.repository.Manifest;
import dev.muster.repository.wire.Ticket;
import dev.muster.restore.Comparison;
import dev.muster.restore.ContainerEnd;
import dev.muster.restore.ProbeComparison;
import dev.muster.restore.ProbeOutcome;
import dev.muster.restore.TicketOutcome;
import dev.muster.restore.Tickets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Climbs one point's ladder in one sandbox. The first rung that does not hold decides; whatever
/// happens, the sandbox is closed. Used once, by one thread.
final class Ladder {
  private final Tickets tickets;
  private final Sandbox sandbox;
  private final Manifest manifest;
  private final List<Manifest.Stream> streams;
  private final LongSupplier nanos;
  private final Consumer<DrillStep> progress;
  private final List<Rung> rungs = new ArrayList<>();
  private @Nullable DrillOutcome decided;

  Ladder(
      Tickets tickets,
      Sandbox sandbox,
      Manifest manifest,
      List<Manifest.Stream> streams,
      LongSupplier nanos,
      Consumer<DrillStep> progress) {
    this.tickets = tickets;
    this.sandbox = sandbox;
    this.manifest = manifest;
    this.streams = List.copyOf(streams);
    this.nanos = nanos;
    this.progress = progress;
  }

  Climb climb() {
    try {
      climbUp();
    } finally {
      rung(DrillStep.CLEANUP, () -> cleanup(sandbox.close()));
    }
    return new Climb(decided == null ? new DrillOutcome.Proven() : decided, rungs);
  }

  private void climbUp() {
    if (!rung(DrillStep.ISOLATION, sandbox::open)) {
      return;
    }
    progress.accept(DrillStep.INTEGRITY);
    long started = nanos.getAsLong();
    switch (tickets.issue(streams)) {
      case TicketOutcome.Issued(Ticket ticket) -> restore(ticket);
      case TicketOutcome.Damaged(String evidence) ->
          found(DrillStep.INTEGRITY, new Fails(evidence), since(started));
      case TicketOutcome.Locked(String evidence) ->
          found(DrillStep.DECODE, new Fails(evidence), since(started));
      case TicketOutcome.Unavailable(String reason) ->
          found(DrillStep.INTEGRITY, new Unclear(reason), since(started));
    }
  }

  private void restore(Ticket ticket) {
    progress.accept(DrillStep.RESTORE);
    long started = nanos.getAsLong();
    Fetched fetched = sandbox.restore(ticket);
    Duration took = since(started);
    boolean restored =
        switch (fetched) {
          case Fetched.Ran ran -> judge(ran, took);
          case Fetched.Stopped(String reason) ->
              found(DrillStep.RESTORE, new Unclear(reason), took);
        };
    if (restored && rung(DrillStep.BOOT, sandbox::boot)) {
      check();
    }
  }

  private boolean judge(Fetched.Ran ran, Duration took) {
    var judge = new FetchJudge(ran, () -> tickets.damage(streams));
    return rung(DrillStep.INTEGRITY, judge::integrity)
        && rung(DrillStep.DECODE, judge::decode)
        && found(DrillStep.RESTORE, unlessEngineDied(judge.restore()), took);
  }

  /// Clients also fail when the engine of the drill runs out of memory or is evicted.
  private Finding unlessEngineDied(Finding found) {
    return found instanceof Fails && sandbox.boot() instanceof Unclear engine ? engine : found;
  }

  private void check() {
    progress.accept(DrillStep.ENGINE_CHECK);
    long started = nanos.getAsLong();
    Checked checked = sandbox.check();
    Duration took = since(started);
    switch (checked) {
      case Checked.Ran ran -> {
        Finding own = unlessEngineDied(engineCheck(ran.engineChecks()));
        if (found(DrillStep.ENGINE_CHECK, own, took)) {
          var _ =
              rung(DrillStep.SCHEMA, () -> unlessEngineDied(all(ran, ProbeComparison::schema)))
                  && rung(DrillStep.COUNTS, () -> all(ran, ProbeComparison::counts))
                  && rung(DrillStep.HASHES, () -> all(ran, ProbeComparison::hashes));
        }
      }
      case Checked.Stopped(String reason) ->
          found(DrillStep.ENGINE_CHECK, new Unclear(reason), took);
    }
  }

  /// Every database of the manifest must have its probe; a point without any proves no data.
  private Finding all(Checked.Ran checked, Function<ProbeComparison, Comparison> rule) {
    if (manifest.probes().isEmpty()) {
      return new Unclear("the manifest has no probe: that it restores says nothing about its data");
    }
    List<String> notes = new ArrayList<>();
    for (Manifest.Probe taken : manifest.probes()) {
      Finding finding =
          switch (checked.probes().get(taken.stream())) {
            case null -> new Unclear(taken.stream() + ": the restored database was not probed");
            case ProbeOutcome.Failed(String evidence) ->
                new Fails(taken.stream() + ": " + evidence);
            case ProbeOutcome.Unread(String reason) -> new Unclear(taken.stream() + ": " + reason);
            case ProbeOutcome.Read(Manifest.Probe restored) ->
                finding(rule.apply(new ProbeComparison(taken, restored)));
          };
      if (!(finding instanceof Holds(String note))) {
        return finding;
      }
      notes.add(note);
    }
    return new Holds(String.join("; ", notes));
  }

  private static Finding finding(Comparison comparison) {
    return switch (comparison) {
      case Comparison.Same(String note) -> new Holds(note);
      case Comparison.Differs(String evidence) -> new Fails(evidence);
      case Comparison.Incomparable(String reason) -> new Unclear(reason);
    };
  }

  private static Finding engineCheck(List<ContainerEnd> ends) {
    for (ContainerEnd end : ends) {
      if (!end.succeeded()) {
        return end.outOfMemory() ? new Unclear(end.text()) : new Fails(end.text());
      }
    }
    return new Holds(ends.size() + " checks of the engine ended with 0");
  }

  private static Finding cleanup(Finding closed) {
    return closed instanceof Fails(String evidence) ? new Unclear(evidence) : closed;
  }

  private boolean rung(DrillStep step, Supplier<Finding> climb) {
    progress.accept(step);
    long started = nanos.getAsLong();
    Finding finding = climb.get();
    return found(step, finding, since(started));
  }

  private boolean found(DrillStep step, Finding finding, Duration took) {
    rungs.add(new Rung(step, finding, took));
    Optional<DrillOutcome> outcome = DrillOutcome.of(step, finding);
    if (decided == null) {
      decided = outcome.orElse(null);
    }
    return outcome.isEmpty();
  }

  private Duration since(long started) {
    return Duration.ofNanos(nanos.getAsLong() - started);
  }
}
