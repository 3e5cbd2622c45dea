package dev.muster.drill;

import dev.muster.drill.Finding.Fails;
import dev.muster.drill.Finding.Unclear;
import dev.muster.model.PointId;
import dev.muster.repository.Manifest;
import dev.muster.restore.Opened;
import dev.muster.restore.Tickets;
import dev.muster.restore.UnfitException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// From a request and a point to a report. Blocks for as long as the drill takes.
final class DrillMachine {
  private final Tickets tickets;
  private final DrillEngines engines;
  private final Sandboxes sandboxes;
  private final InstantSource clock;
  private final LongSupplier nanos;

  DrillMachine(
      Tickets tickets,
      DrillEngines engines,
      Sandboxes sandboxes,
      InstantSource clock,
      LongSupplier nanos) {
    this.tickets = tickets;
    this.engines = engines;
    this.sandboxes = sandboxes;
    this.clock = clock;
    this.nanos = nanos;
  }

  /// Makes the place for one drill.
  interface Sandboxes {
    Sandbox sandbox(String drillId, DrillEngine engine);
  }

  /// @param progress told of each rung as it is begun
  DrillReport run(
      DrillRequest request, PointId point, BiConsumer<DrillRequest, DrillStep> progress) {
    Instant started = clock.instant();
    progress.accept(request, DrillStep.INTEGRITY);
    return switch (tickets.open(request.workload().key(), point)) {
      case Opened.Trusted trusted -> drill(request, trusted, started, progress);
      case Opened.Refused(String key, String evidence) ->
          early(request, point, key, started, new Fails(evidence));
      case Opened.Absent(String key) ->
          early(request, point, key, started, new Unclear("the point is gone"));
      case Opened.Unavailable(String key, String reason) ->
          early(request, point, key, started, new Unclear(reason));
    };
  }

  private DrillReport drill(
      DrillRequest request,
      Opened.Trusted trusted,
      Instant started,
      BiConsumer<DrillRequest, DrillStep> progress) {
    Manifest manifest = trusted.manifest();
    Climb climb;
    try {
      DrillEngine engine = engines.engine(manifest);
      Sandbox sandbox = sandboxes.sandbox(request.id(), engine);
      climb =
          new Ladder(
                  tickets,
                  sandbox,
                  manifest,
                  engine.streams(),
                  nanos,
                  step -> progress.accept(request, step))
              .climb();
    } catch (UnfitException e) {
      climb = decided(DrillStep.ISOLATION, new Unclear(String.valueOf(e.getMessage())));
    }
    return new DrillReport(
        request.id(),
        request,
        manifest.identity().point(),
        trusted.key(),
        trusted.sha256(),
        manifest.identity().image(),
        Optional.of(manifest.consistency().windowOpened()),
        started,
        clock.instant(),
        climb,
        Stream.concat(trusted.warnings().stream(), manifest.consistency().warnings().stream())
            .toList());
  }

  private DrillReport early(
      DrillRequest request, PointId point, String key, Instant started, Finding finding) {
    return new DrillReport(
        request.id(),
        request,
        point.toString(),
        key,
        "",
        "",
        Optional.empty(),
        started,
        clock.instant(),
        decided(DrillStep.INTEGRITY, finding),
        List.of());
  }

  private static Climb decided(DrillStep step, Finding finding) {
    return new Climb(
        DrillOutcome.of(step, finding).orElseThrow(),
        List.of(new Rung(step, finding, Duration.ZERO)));
  }
}
