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
import dev.muster.config.EngineProfile;
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
import java.util.function.UnaryOperator;

/// A cluster and a store in memory, a database to back up, and auditors that may die.
public final class Stage {

  static final String CLUSTER = "c0ffee00-0000-4000-8000-000000000001";
  public static final String IMAGE = "muster.test/muster:dev";
  public static final Cause.Slot SLOT = new Cause.Slot(new MovedClock().instant());

  public final MovedClock clock;
  public final FakeCluster cluster;
  public final BackupStore store;
  public final Keys keys;
  public final Workload database;
  public final Configuration configuration = ConfigurationReader.read("muster.yaml", "{}");
  public final RunId runId;
  private final Setting setting;
  private final SplittableRandom random = new SplittableRandom(7);

  /// What tests may want otherwise.
  ///
  /// @param clusterUid under which the run's objects lie
  /// @param attempts of the run, at most
  /// @param sealing what stands before the real one
  public record Setting(
      String clusterUid,
      BackupStore store,
      EngineProfile profile,
      List<String> recipients,
      SigningKey signing,
      int attempts,
      UnaryOperator<Sealing> sealing) {}

  public Stage() {
    this(new MovedClock());
  }

  private Stage(MovedClock clock) {
    this(
        clock,
        new Setting(
            CLUSTER,
            new MemoryBackupStore(clock),
            EngineProfilesReader.read(Optional.empty()).find("postgresql").orElseThrow(),
            List.of("age1recipient"),
            SigningKey.generate(),
            3,
            UnaryOperator.identity()));
  }

  public Stage(Setting setting) {
    this(new MovedClock(), setting);
  }

  private Stage(MovedClock clock, Setting setting) {
    this.clock = clock;
    this.cluster = new FakeCluster(clock);
    this.store = setting.store();
    this.keys = new Keys(setting.clusterUid());
    this.database = Database.in(cluster);
    this.runId = SLOT.id(setting.clusterUid(), database.ref().key());
    this.setting = setting;
  }

  /// The run API of a replica.
  public Routes api() {
    return new RunApi(cluster, store, keys, IMAGE, clock, new Metrics()).on(Routes.none());
  }

  RunJournal journal() {
    return new RunJournal(new Journal(store, keys));
  }

  public String workloadKey() {
    return database.ref().key().value();
  }

  /// A leader as it starts: it knows only what the journal says.
  public Leader leader() {
    return leader(cluster, store);
  }

  Leader leader(Cluster seenCluster, BackupStore seenStore) {
    Contracts contracts =
        new Contracts(
            new ContractReader(
                configuration.vocabulary(EngineProfilesReader.read(Optional.empty()))),
            (workload, reading) -> Optional.of(new Engine(setting.profile(), "postgres")));
    RunJournal seen = new RunJournal(new Journal(seenStore, keys));
    RunPorts ports =
        new RunPorts(
            seenCluster,
            seenStore,
            keys,
            seen,
            contracts,
            setting
                .sealing()
                .apply(
                    new StoreSealing(
                        setting.clusterUid(), seenStore, keys, setting.signing(), clock)),
            new Events(seenCluster, clock, "muster-auditor"),
            clock,
            random);
    return new Leader(this, seen, new BackupRun(ports, settings()));
  }

  private RunSettings settings() {
    return new RunSettings(
        setting.clusterUid(),
        "muster",
        IMAGE,
        setting.recipients(),
        Duration.ofHours(1),
        4,
        setting.attempts(),
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
