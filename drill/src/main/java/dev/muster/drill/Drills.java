package dev.muster.drill;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.Events;
import dev.muster.cluster.Leadership;
import dev.muster.cluster.ObjectName;
import dev.muster.config.Configuration;
import dev.muster.config.EngineProfiles;
import dev.muster.model.ContractReader;
import dev.muster.model.DrillNamespace;
import dev.muster.repository.BackupStore;
import dev.muster.repository.EvidenceLog;
import dev.muster.repository.FileKeys;
import dev.muster.repository.Keys;
import dev.muster.repository.ManifestVerifier;
import dev.muster.repository.Pause;
import dev.muster.repository.SigningKey;
import dev.muster.repository.VerifyingKey;
import dev.muster.restore.TicketOffice;
import io.fabric8.kubernetes.api.model.Namespace;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Wires the drills of one cluster.
///
/// @param identity unwraps the keys of streams; stays in this process
/// @param signing signs evidence
/// @param store with the right to read points and to write evidence
/// @param network what the engine of a drill must not reach
/// @param storeCa PEM of the authority of the store's certificate, where the public ones do not do
/// @param replica names this process in the Lease
/// @param random must be a secure one: it makes the credentials of engines
public record Drills(
    Configuration configuration,
    EngineProfiles profiles,
    Cluster cluster,
    BackupStore store,
    FileKeys identity,
    SigningKey signing,
    DrillNetwork network,
    Optional<String> storeCa,
    String replica,
    InstantSource clock,
    LongSupplier nanos,
    RandomGenerator random) {
  private static final String NAME = "muster-drill";
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration BOOT = Duration.ofMinutes(3);
  private static final Duration MOVE = Duration.ofHours(4);
  private static final Duration LIFE = Duration.ofHours(6);

  /// Starts leading and working; closing the server ends both.
  public DrillServer serve() {
    String clusterUid = clusterUid();
    Keys keys = new Keys(clusterUid);
    Workloads workloads =
        Workloads.watch(cluster, new ContractReader(configuration.vocabulary(profiles)));
    Leadership leadership =
        new Leadership(
            cluster, ObjectName.in(configuration.namespace(), NAME), replica, LEASE, clock, nanos);
    Pause pause = Pause.real();
    DrillDesk desk =
        new DrillDesk(
            store,
            keys,
            new EvidenceRecords(new EvidenceLog(store, keys, signing), pinned()),
            new DrillPlan(clusterUid),
            new PointChoice(random),
            machine(keys, pause),
            new DrillNews(new Events(cluster, clock, NAME), workloads),
            clock);
    return new DrillServer(
            leadership,
            workloads,
            desk,
            new Reaper(cluster, clock),
            configuration.drills().parallel(),
            pause)
        .start();
  }

  private DrillMachine machine(Keys keys, Pause pause) {
    TicketOffice tickets =
        new TicketOffice(
            store,
            keys,
            new ManifestVerifier(pinned()),
            identity,
            MOVE.plus(Duration.ofMinutes(15)));
    return new DrillMachine(
        tickets,
        new DrillEngines(profiles, random),
        (id, engine) ->
            new ClusterSandbox(cluster, settings(), engine, id, namespace(id), clock, pause),
        clock,
        nanos);
  }

  private List<VerifyingKey> pinned() {
    return configuration.signing().publicKeys().stream().map(VerifyingKey::fromBase64).toList();
  }

  private SandboxSettings settings() {
    return new SandboxSettings(
        configuration.image(),
        "IfNotPresent",
        configuration.namespace(),
        NAME,
        network.beacons(),
        network.store(),
        storeCa,
        BOOT,
        MOVE,
        LIFE);
  }

  /// A drill that is run again after a crash must not meet its own leftovers.
  private String namespace(String id) {
    return "%s%s-%04x".formatted(DrillNamespace.PREFIX, id, random.nextInt(0x10000));
  }

  private String clusterUid() {
    String id = configuration.cluster().id();
    return id.isEmpty()
        ? cluster.get(Namespace.class, ObjectName.global("kube-system")).getMetadata().getUid()
        : id;
  }
}
