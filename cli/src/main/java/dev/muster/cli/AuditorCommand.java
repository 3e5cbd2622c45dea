package dev.muster.cli;

import dev.muster.auditor.AuditorParts;
import dev.muster.auditor.AuditorServer;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.Connection;
import dev.muster.config.Configuration;
import dev.muster.policies.PolicyInForce;
import dev.muster.repository.BackupStore;
import dev.muster.repository.SigningKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The auditor, wired by hand.
@Command(
    name = "auditor",
    description = "Audit, back up and heal.",
    hidden = true,
    mixinStandardHelpOptions = true)
final class AuditorCommand implements Callable<Integer> {

  private static final Duration POLICY = Duration.ofSeconds(10);
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private final Map<String, String> environment;
  @Mixin private Serving serving = new Serving();
  @Mixin private PolicyOption policy = new PolicyOption();

  @Option(
      names = "--port",
      converter = PortOption.class,
      defaultValue = "8443",
      description = "What movers call. Default: ${DEFAULT-VALUE}.")
  private int port;

  AuditorCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    Configuration configuration = serving.configuration();
    Optional<BackupStore> store =
        configuration.primaryStore().map(first -> ServerStore.open(first, environment));
    try (PolicyInForce inForce = policy.open(2, POLICY, serving::rules);
        Cluster cluster = Connection.found().open()) {
      AuditorServer server =
          AuditorServer.start(
              new AuditorParts(
                  Serving.replica(environment),
                  configuration,
                  serving.profiles(configuration),
                  inForce,
                  cluster,
                  store,
                  configuration.signing().keyFile().map(StoreAccess::text).map(SigningKey::fromPem),
                  InstantSource.system(),
                  System::nanoTime,
                  new SecureRandom(),
                  port,
                  serving.healthPort));
      return Serving.untilSignal(() -> server.drain(DRAIN));
    } finally {
      store.ifPresent(BackupStore::close);
    }
  }
}
