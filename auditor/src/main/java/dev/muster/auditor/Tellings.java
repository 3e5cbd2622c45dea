package dev.muster.auditor;

import dev.muster.auditor.change.ChangeEvents;
import dev.muster.auditor.contract.ClusterView;
import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.heal.Pace;
import dev.muster.auditor.history.History;
import dev.muster.auditor.history.ReportArchive;
import dev.muster.auditor.report.TrendPoint;
import dev.muster.auditor.reportobject.FormerReports;
import dev.muster.auditor.reportobject.ReportObjects;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.Events;
import dev.muster.config.Configuration;
import dev.muster.http.Metrics;
import dev.muster.model.WorkloadKey;
import dev.muster.repository.Keys;
import dev.muster.repository.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells what the audit found to whoever does not ask for the report: metrics, Events, report
/// objects, and the store. Each has a thread of its own.
final class Tellings implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Tellings.class);

  /// Other replicas keep reports too.
  private static final Duration READ = Duration.ofMinutes(10);

  /// A line of a log is no list.
  private static final int NAMED = 10;

  private final Supplier<Optional<CoverageReport>> latest;
  private final Supplier<ClusterView> view;
  private final BooleanSupplier leads;
  private final InstantSource clock;
  private final Pace pace = new Pace(Duration.ofMillis(100));
  private final WorkloadGauges gauges;
  private final ChangeEvents events;
  private final Optional<ReportObjects> objects;
  private final FormerReports former;
  private final Optional<ReportArchive> archive;
  private final Optional<History> history;
  private final Trouble objectTrouble = new Trouble(log, "report objects");
  private final Trouble storeTrouble = new Trouble(log, "reports in the store");
  private @Nullable CoverageReport shown;
  private @Nullable CoverageReport written;
  private Instant nextRead = Instant.MIN;

  /// @param latest what the audit found last
  /// @param view of the same cluster
  Tellings(
      AuditorParts parts,
      String clusterUid,
      Supplier<Optional<CoverageReport>> latest,
      Supplier<ClusterView> view,
      BooleanSupplier leads,
      Metrics metrics) {
    Configuration configuration = parts.configuration();
    String own = configuration.namespace();
    this.latest = latest;
    this.view = view;
    this.leads = leads;
    this.clock = parts.clock();
    this.gauges = new WorkloadGauges(metrics, configuration.reports().workloadMetrics());
    this.events =
        new ChangeEvents(new Events(parts.cluster(), clock, "muster-auditor"), own, leads);
    this.objects =
        configuration.reports().objects()
            ? Optional.of(new ReportObjects(parts.cluster(), own, leads, pace, clock))
            : Optional.empty();
    this.former = new FormerReports(parts.cluster(), leads, pace, clock);
    Keys keys = new Keys(clusterUid);
    this.archive =
        parts
            .store()
            .flatMap(store ->
                configuration
                    .reports()
                    .schedule()
                    .map(cron ->
                        new ReportArchive(
                            store, keys, cron, WorkloadKey.of("Cluster", "", clusterUid), clock)));
    this.history = parts.store().map(store -> new History(store, keys, clock));
  }

  void on(Rounds rounds) {
    rounds.every("verdicts", Duration.ofSeconds(5), this::show);
    rounds.every("report objects", Duration.ofSeconds(20), this::write);
    rounds.every("report history", Duration.ofSeconds(10), this::keep);
  }

  /// Of kept reports, and now.
  List<TrendPoint> trend() {
    List<TrendPoint> all = new ArrayList<>(history.map(History::trend).orElse(List.of()));
    latest.get().ifPresent(report -> all.add(new TrendPoint(report.at(), report.counts())));
    return all;
  }

  private void show() {
    CoverageReport report = latest.get().orElse(null);
    if (report != null && report != shown) {
      shown = report;
      gauges.show(report);
      events.tell(report, view.get());
    }
  }

  private void write() {
    try {
      if (objects.isEmpty()) {
        tell(former.remove());
        return;
      }
      CoverageReport report = latest.get().orElse(null);
      if (report != null && report != written) {
        written = report;
        ClusterView seen = view.get();
        tell(objects.get().write(report, name -> seen.namespace(name).isPresent()));
      }
    } catch (ClusterException e) {
      objectTrouble.is(String.valueOf(e.getMessage()));
    }
  }

  private void tell(List<String> failed) {
    if (failed.isEmpty()) {
      objectTrouble.over();
    } else {
      objectTrouble.is(
          "%d are not as they should be: %s"
              .formatted(
                  failed.size(), failed.stream().limit(NAMED).collect(Collectors.joining("; "))));
    }
  }

  private void keep() {
    try {
      boolean kept =
          leads.getAsBoolean()
              && archive.isPresent()
              && latest.get().map(archive.get()::keep).orElse(false);
      if (history.isPresent() && (kept || !clock.instant().isBefore(nextRead))) {
        history.get().read();
        nextRead = clock.instant().plus(READ);
      }
      storeTrouble.over();
    } catch (StoreException e) {
      storeTrouble.is(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    pace.close();
  }
}
