package dev.muster.cli;

import dev.muster.config.Configuration;
import dev.muster.config.ConfigurationReader;
import dev.muster.config.EngineProfiles;
import dev.muster.config.EngineProfilesReader;
import dev.muster.webhook.WebhookRules;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Option;

/// What the servers share: the mounted configuration, and an end in order at SIGTERM.
final class Serving {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "/etc/muster/muster.yaml",
      description = "Default: ${DEFAULT-VALUE}.")
  private Path config = Path.of("/etc/muster/muster.yaml");

  @Option(
      names = "--health-port",
      paramLabel = "PORT",
      converter = PortOption.class,
      defaultValue = "8080",
      description = "/healthz, /readyz and /metrics. Default: ${DEFAULT-VALUE}.")
  int healthPort;

  Configuration configuration() {
    return ConfigurationReader.read(config);
  }

  WebhookRules rules() {
    Configuration configuration = configuration();
    return new WebhookRules(configuration, profiles(configuration));
  }

  EngineProfiles profiles(Configuration configuration) {
    return EngineProfilesReader.read(configuration.profilesDir());
  }

  /// A folder that a Secret or ConfigMap is mounted to, beside the configuration.
  Path folder(String name) {
    return config.resolveSibling(name);
  }

  /// The name of this replica: the Pod's.
  static String replica(Map<String, String> environment) {
    String pod = environment.getOrDefault("POD_NAME", environment.getOrDefault("HOSTNAME", ""));
    return pod.isBlank() ? "replica-" + ProcessHandle.current().pid() : pod;
  }

  /// What happens at the end; may be interrupted, may take its time.
  @FunctionalInterface
  interface End {
    void run() throws InterruptedException;
  }

  /// Returns when the process is told to end and `end` has run. The virtual machine waits for it.
  static int untilSignal(End end) throws InterruptedException {
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> waitFor(told, ended), "end"));
    told.await();
    try {
      end.run();
    } finally {
      ended.countDown();
    }
    return Exit.OK;
  }

  private static void waitFor(CountDownLatch told, CountDownLatch ended) {
    told.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
