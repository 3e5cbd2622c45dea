package dev.muster.cli;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.Connection;
import dev.muster.config.Configuration;
import dev.muster.config.Configuration.Store;
import dev.muster.drill.DrillNetwork;
import dev.muster.drill.DrillServer;
import dev.muster.drill.Drills;
import dev.muster.http.Health;
import dev.muster.http.HealthServer;
import dev.muster.http.Metrics;
import dev.muster.repository.BackupStore;
import dev.muster.repository.FileKeys;
import dev.muster.repository.SigningKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The only process that may hold an identity, wired by hand.
@Command(
    name = "serve",
    description = "Run restore drills.",
    hidden = true,
    mixinStandardHelpOptions = true)
final class DrillServeCommand implements Callable<Integer> {

  private static final Path RESOLVER = Path.of("/etc/resolv.conf");

  private final Map<String, String> environment;
  @Mixin private Serving serving = new Serving();

  DrillServeCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    Configuration configuration = serving.configuration();
    Store first =
        configuration
            .primaryStore()
            .orElseThrow(
                () -> new BadInput("drills need a store: add one to stores in muster.yaml"));
    Health health = new Health();
    try (Cluster cluster = Connection.found().open();
        BackupStore store = ServerStore.open(first, environment);
        HealthServer _ = HealthServer.start(serving.healthPort, health, Metrics.ofProcess())) {
      DrillServer server = drills(configuration, first, cluster, store).serve();
      health.liveness("drills", () -> server.live() ? Optional.empty() : Optional.of("ended"));
      return Serving.untilSignal(server::close);
    }
  }

  private Drills drills(
      Configuration configuration, Store first, Cluster cluster, BackupStore store) {
    Path identity =
        configuration
            .drills()
            .identityFile()
            .orElseThrow(() -> new BadInput("drills in the cluster need drills.identity-file"));
    Path signing =
        configuration
            .signing()
            .keyFile()
            .orElseThrow(() -> new BadInput("drills sign evidence: set signing.key-file"));
    return new Drills(
        configuration,
        serving.profiles(configuration),
        cluster,
        store,
        FileKeys.ofIdentityFile(StoreAccess.text(identity)),
        SigningKey.fromPem(StoreAccess.text(signing)),
        DrillNetwork.inPod(environment, StoreAccess.text(RESOLVER), first.endpoint()),
        first.caFile().map(StoreAccess::text),
        Serving.replica(environment),
        InstantSource.system(),
        System::nanoTime,
        new SecureRandom());
  }
}
