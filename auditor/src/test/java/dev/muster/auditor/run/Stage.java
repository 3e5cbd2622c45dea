package dev.muster.auditor.run;

import dev.muster.auditor.contract.Contracts;
import dev.muster.auditor.contract.Engine;
import dev.muster.auditor.contract.Workload;
import dev.muster.auditor.runapi.RunApi;
import dev.muster.auditor.seal.StoreSealing;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.Events;
import dev.muster.cluster.FakeCluster;
import dev.muster.config.Configuration;
import dev.muster.config.ConfigurationReader;
import dev.muster.config.EngineProfiles;
import dev.muster.config.EngineProfilesReader;
import dev.muster.http.Metrics;
import dev.muster.http.Routes;
import dev.muster.model.ContractReader;
import dev.muster.model.RunId;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Journal;
import dev.muster.repository.Keys;
import dev.muster.repository.SigningKey;
import dev.muster.repository.memory.MemoryBackupStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// A cluster and a store in memory, a database to back up, and auditors that may die.
public final class Stage {

  public static final String CLUSTER = "c0ffee00-0000-4000-8000-000000000001";
  public static final String IMAGE = "muster.test/muster:dev";
  public static final Cause.Slot SLOT = new Cause.Slot(new MovedClock().instant());

  public final MovedClock clock = new MovedClock();
  public final FakeCluster cluster = new FakeCluster(clock);
  public final MemoryBackupStore store = new MemoryBackupStore(clock);
  public final Keys keys = new Keys(CLUSTER);
  public final Workload database = Database.in(cluster);
  public final Configuration configuration = ConfigurationReader.read("muster.yaml", "{}");
  final RunId runId = SLOT.id(CLUSTER, database.ref().key());
  private final SigningKey signing = SigningKey.generate();
  private final SplittableRandom random = new SplittableRandom(7);

  /// The run API of a replica.
  public Routes api() {
    return new RunApi(cluster, store, keys, IMAGE, clock, new Metrics()).on(Routes.none());
  }

  RunJournal journal() {
    return new RunJournal(new Journal(store, keys));
  }

  String workloadKey() {
    return database.ref().key().value();
  }

  /// A leader as it starts: it knows only what the journal says.
  Leader leader() {
    return leader(cluster, store);
  }

  Leader leader(Cluster seenCluster, BackupStore seenStore) {
    EngineProfiles profiles = EngineProfilesReader.read(Optional.empty());
    Contracts contracts =
        new Contracts(
            new ContractReader(configuration.vocabulary(profiles)),
            (workload, reading) ->
                profiles.find("postgresql").map(profile -> new Engine(profile, "postgres")));
    RunJournal seen = new RunJournal(new Journal(seenStore, keys));
    RunPorts ports =
        new RunPorts(
            seenCluster,
            seenStore,
            keys,
            seen,
            contracts,
            new StoreSealing(CLUSTER, seenStore, keys, signing, clock),
            new Events(seenCluster, clock, "muster-auditor"),
            clock,
            random);
    return new Leader(this, seen, new BackupRun(ports, settings()));
  }

  private RunSettings settings() {
    return new RunSettings(
        CLUSTER,
        "muster",
        IMAGE,
        List.of("age1recipient"),
        Duration.ofHours(1),
        4,
        3,
        Duration.ofSeconds(15),
        configuration.networkPolicies(),
        443,
        "https://muster-auditor.muster.svc:8443",
        () -> "CA",
        Optional.empty());
  }

  /// Why this attempt failed; throws where it did not.
  Entry.Failure failureOf(Entry.Attempt attempt) {
    return journal().attemptFailure(workloadKey(), runId.value(), attempt.attempt()).orElseThrow();
  }
}
