package dev.muster.auditor;

import dev.muster.auditor.contract.Contracts;
import dev.muster.auditor.contract.Effective;
import dev.muster.auditor.pki.CertificatesInForce;
import dev.muster.auditor.quartz.QuartzTimer;
import dev.muster.auditor.run.Cause;
import dev.muster.auditor.run.Entry;
import dev.muster.auditor.run.OpenRuns;
import dev.muster.auditor.run.PolicySweep;
import dev.muster.auditor.run.RunJournal;
import dev.muster.auditor.run.RunListener;
import dev.muster.auditor.run.RunPorts;
import dev.muster.auditor.run.RunSettings;
import dev.muster.auditor.run.Runs;
import dev.muster.auditor.run.UploadSweep;
import dev.muster.auditor.schedule.Missed;
import dev.muster.auditor.schedule.Planner;
import dev.muster.auditor.seal.StoreSealing;
import dev.muster.certs.ServerNames;
import dev.muster.cluster.Events;
import dev.muster.config.Configuration;
import dev.muster.http.Metrics;
import dev.muster.model.PointId;
import dev.muster.model.WorkloadKey;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Journal;
import dev.muster.repository.Keys;
import dev.muster.repository.MalformedException;
import dev.muster.repository.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The leader's backups: planner, runs, and their store. One object for each leadership.
final class Backups implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Backups.class);

  private final BackupStore store;
  private final Keys keys;
  private final AuditorParts parts;
  private final Events events;
  private final Runs runs;
  private final Planner planner;
  private volatile boolean adopted;

  Backups(
      AuditorParts parts,
      String clusterUid,
      BackupStore store,
      SigningKey signing,
      Contracts contracts,
      BooleanSupplier leads,
      Metrics metrics) {
    this.parts = parts;
    this.store = store;
    this.keys = new Keys(clusterUid);
    this.events = new Events(parts.cluster(), parts.clock(), "muster-auditor");
    RunPorts ports =
        new RunPorts(
            parts.cluster(),
            store,
            keys,
            new RunJournal(new Journal(store, keys)),
            contracts,
            new StoreSealing(clusterUid, store, keys, signing, parts.clock()),
            events,
            parts.clock(),
            parts.random());
    this.runs = new Runs(ports, settings(parts, clusterUid), leads, new Counting(metrics));
    this.planner = new Planner(new Starter(), parts.clock());
    this.planner.use(QuartzTimer.start(planner::due));
  }

  /// Goes on with what an earlier leader left open. Does nothing once it has succeeded.
  void adopt() {
    if (adopted) {
      return;
    }
    for (OpenRuns.Place place : OpenRuns.find(store, keys, parts.clock().instant())) {
      log.info("going on with run {}", place.runId());
      try {
        runs.adopt(place.workloadKey(), place.runId());
      } catch (MalformedException e) {
        log.error("run {} cannot be read and is left as it is", place.runId(), e);
      }
    }
    adopted = true;
  }

  /// Deletes network policies and gives up uploads that were left behind: no run is as old.
  void sweep() {
    Duration oldest = Duration.ofHours(24);
    Duration twice = parts.configuration().runs().deadline().multipliedBy(2);
    Instant before = parts.clock().instant().minus(twice.compareTo(oldest) > 0 ? twice : oldest);
    int gone =
        new PolicySweep(parts.cluster(), new RunJournal(new Journal(store, keys))).sweep(before);
    if (gone > 0) {
      log.info("{} network policies outlived their runs and were deleted", gone);
    }
    int given = new UploadSweep(store, keys).sweep(before);
    if (given > 0) {
      log.info("{} forgotten uploads were given up", given);
    }
  }

  Planner planner() {
    return planner;
  }

  void touch(String runId) {
    runs.touch(runId);
  }

  int open() {
    return runs.openRuns().size();
  }

  @Override
  public void close() {
    planner.close();
    runs.close();
  }

  private static RunSettings settings(AuditorParts parts, String clusterUid) {
    Configuration configuration = parts.configuration();
    String namespace = configuration.namespace();
    return new RunSettings(
        clusterUid,
        namespace,
        configuration.image(),
        configuration.recipients(),
        configuration.runs().deadline(),
        configuration.runs().parallel(),
        configuration.runs().attempts(),
        Duration.ofSeconds(15),
        configuration.networkPolicies(),
        storePort(configuration),
        "https://" + new ServerNames(namespace).auditor() + ":8443",
        () -> apiCa(new CertificatesInForce(parts.cluster(), configuration)),
        storeCa(configuration));
  }

  private static String apiCa(CertificatesInForce inForce) {
    return inForce
        .trust()
        .orElseThrow(
            () -> new IllegalStateException("there is no CA certificate in " + inForce.kept()));
  }

  /// The authority of the store's certificate, for movers that know only the public ones.
  private static Optional<String> storeCa(Configuration configuration) {
    return configuration.primaryStore().flatMap(Configuration.Store::caFile).map(Backups::text);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static int storePort(Configuration configuration) {
    return configuration
        .primaryStore()
        .map(one -> {
          int port = one.endpoint().getPort();
          return port > 0 ? port : "http".equals(one.endpoint().getScheme()) ? 80 : 443;
        })
        .orElse(443);
  }

  private final class Starter implements Planner.RunStarter {

    @Override
    public boolean start(Effective effective, Cause cause) {
      var contract = effective.contract();
      return runs.request(
          effective.workload(),
          cause,
          contract.plan().orElse(parts.configuration().defaultPlan()),
          contract.retention().map(Object::toString).orElse(""));
    }

    @Override
    public Optional<Instant> newest(WorkloadKey workload) {
      return store.children(keys.points(workload.value())).stream()
          .flatMap(name -> PointId.find(name).stream())
          .max(Comparator.naturalOrder())
          .map(PointId::slot);
    }

    @Override
    public void missed(Effective effective, Missed missed) {
      log.warn("{}: {}", effective.workload(), missed.text());
      events.tell(
          effective.workload().object(), Events.Type.WARNING, "BackupMissed", missed.text());
    }
  }

  private record Counting(Metrics metrics) implements RunListener {
    @Override
    public void ended(
        Entry.Planned run, Optional<Entry.Sealed> sealed, Optional<Entry.Failure> failed) {
      String outcome = sealed.isPresent() ? "sealed" : "failed";
      metrics.count(
          "muster.backup.runs",
          "outcome",
          outcome,
          "reason",
          failed.map(Entry.Failure::reason).orElse("none"));
      sealed.ifPresent(s -> metrics.count(s.storedBytes(), "muster.backup.stored.bytes"));
    }

    @Override
    public void trouble(Entry.Planned run, Throwable cause) {
      metrics.count("muster.backup.troubles", "kind", cause.getClass().getSimpleName());
    }
  }
}
