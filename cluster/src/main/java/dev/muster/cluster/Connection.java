package dev.muster.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;

/// Where the API server is and how long to wait for it.
public final class Connection {

  private static final Duration CALL = Duration.ofSeconds(10);

  private final Config config;

  private Connection(Config config) {
    this.config =
        new ConfigBuilder(config)
            .withUserAgent("muster")
            .withConnectionTimeout((int) Duration.ofSeconds(5).toMillis())
            .withRequestTimeout((int) CALL.toMillis())
            .withRequestRetryBackoffLimit(4)
            .withRequestRetryBackoffInterval(200)
            .withWatchReconnectInterval(1000)
            .withWatchReconnectLimit(-1)
            .withWebsocketPingInterval(Duration.ofSeconds(10).toMillis())
            .build();
  }

  /// As `kubectl` finds it: `KUBECONFIG`, `~/.kube/config`, or the Pod's service account.
  public static Connection found() {
    return new Connection(Config.autoConfigure(null));
  }

  /// From one kubeconfig file, its current context.
  public static Connection from(Path kubeconfig) {
    return new Connection(Config.fromKubeconfig(kubeconfig.toFile()));
  }

  /// The same server with other limits.
  public Connection within(Duration call, int retries) {
    Connection other = new Connection(config);
    other.config.setRequestTimeout((int) call.toMillis());
    other.config.setConnectionTimeout((int) call.toMillis());
    other.config.setRequestRetryBackoffLimit(retries);
    return other;
  }

  /// The namespace of the current context, or `default`.
  public String namespace() {
    String namespace = config.getNamespace();
    return namespace == null || namespace.isEmpty() ? "default" : namespace;
  }

  /// Connects lazily: a wrong address shows at the first call.
  public Cluster open() {
    return new Fabric8Cluster(new ConfigBuilder(config).build());
  }
}
