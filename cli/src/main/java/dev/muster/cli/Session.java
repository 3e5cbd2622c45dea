package dev.muster.cli;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.Connection;
import dev.muster.cluster.ObjectName;
import dev.muster.config.Configuration;
import dev.muster.config.ConfigurationReader;
import dev.muster.config.EngineProfiles;
import dev.muster.config.EngineProfilesReader;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Keys;
import dev.muster.repository.ManifestVerifier;
import dev.muster.repository.VerifyingKey;
import dev.muster.webhook.WebhookRules;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one command works with, opened when it is first needed: cluster, configuration, store.
final class Session implements AutoCloseable {

  private static final String CONFIG_MAP = "muster-config";
  private static final String FILE = "muster.yaml";
  private static final Configuration DEFAULTS =
      ConfigurationReader.read("the defaults", "cluster: { name: unnamed }");

  private final GlobalOptions options;
  private final StoreOptions place;
  private final Map<String, String> environment;
  private boolean offline;
  private boolean orDefaults;
  private @Nullable Cluster cluster;
  private @Nullable Configuration configuration;
  private @Nullable OpenStore store;
  private @Nullable String clusterUid;

  Session(GlobalOptions options, Map<String, String> environment) {
    this(options, new StoreOptions(), environment);
  }

  /// No cluster is asked where `place` names a store.
  Session(GlobalOptions options, StoreOptions place, Map<String, String> environment) {
    this.options = options;
    this.place = place;
    this.environment = environment;
    this.offline = place.place != null;
  }

  /// No cluster is asked from now on: without a file the defaults of every key hold.
  void offline() {
    offline = true;
  }

  /// A cluster in which Muster is not installed will do.
  void orDefaults() {
    orDefaults = true;
  }

  /// Whether there is no configuration but the defaults of every key.
  boolean byDefaults() {
    return configuration() == DEFAULTS;
  }

  /// The cluster, once it has answered.
  Cluster cluster() {
    if (offline) {
      throw new BadInput(
          place.place == null
              ? "no cluster is asked about a file, and this needs one"
              : "no cluster is asked with --store, and this needs one");
    }
    if (cluster == null) {
      Cluster opened = connection().within(Duration.ofSeconds(10), 2).open();
      try {
        opened.version();
      } catch (ClusterException e) {
        opened.close();
        throw new BadInput(
            "no cluster: %s; name one with --kubeconfig or KUBECONFIG".formatted(e.getMessage()),
            e);
      }
      cluster = opened;
    }
    return cluster;
  }

  private Connection connection() {
    Path file = options.kubeconfig;
    if (file == null) {
      checkKubeconfigs();
      return parsed("what KUBECONFIG or ~/.kube/config names", Connection::found);
    }
    if (!readable(file)) {
      throw new BadInput("cannot read the kubeconfig " + file);
    }
    return parsed(file.toString(), () -> Connection.from(file));
  }

  /// The parser of kubeconfigs throws what its own code stumbles over.
  private static Connection parsed(String name, Supplier<Connection> kubeconfig) {
    try {
      return kubeconfig.get();
    } catch (RuntimeException e) {
      throw new BadInput(name + " is not a kubeconfig: try it with kubectl config view", e);
    }
  }

  /// Like `kubectl`, KUBECONFIG may name several files of which some exist.
  private void checkKubeconfigs() {
    String named = environment.getOrDefault("KUBECONFIG", "");
    boolean none = Stream.of(named.split(File.pathSeparator)).noneMatch(Session::readable);
    if (!named.isBlank() && none) {
      throw new BadInput("cannot read the kubeconfig %s that KUBECONFIG names".formatted(named));
    }
    Path usual = Path.of(System.getProperty("user.home"), ".kube", "config");
    boolean inPod = environment.containsKey("KUBERNETES_SERVICE_HOST");
    if (named.isBlank() && !inPod && !readable(usual)) {
      throw new BadInput("no kubeconfig: name one with --kubeconfig or KUBECONFIG");
    }
  }

  private static boolean readable(String file) {
    return !file.isBlank() && readable(Path.of(file));
  }

  /// A pipe of the shell will do, a folder will not.
  private static boolean readable(Path file) {
    return Files.isReadable(file) && !Files.isDirectory(file);
  }

  Configuration configuration() {
    if (configuration == null) {
      configuration =
          file()
              .map(Session::read)
              .or(() -> offline ? Optional.of(DEFAULTS) : installed())
              .or(() -> orDefaults ? Optional.of(DEFAULTS) : Optional.empty())
              .orElseThrow(() ->
                  new BadInput(
                      "no configuration: the cluster has no ConfigMap %s/%s; name a muster.yaml"
                              .formatted(options.musterNamespace, CONFIG_MAP)
                          + " with --config"));
    }
    return configuration;
  }

  /// The file that the user named, as opposed to the ConfigMap.
  Optional<Path> file() {
    if (options.config != null) {
      return Optional.of(options.config);
    }
    return Optional.ofNullable(environment.get("MUSTER_CONFIG"))
        .filter(f -> !f.isBlank())
        .map(Path::of);
  }

  private static Configuration read(Path file) {
    if (!readable(file)) {
      throw new BadInput("cannot read the configuration " + file + ": check --config");
    }
    return ConfigurationReader.read(file);
  }

  private Optional<Configuration> installed() {
    ObjectName name = ObjectName.in(options.musterNamespace, CONFIG_MAP);
    return cluster()
        .find(ConfigMap.class, name)
        .flatMap(map -> Optional.ofNullable(map.getData()).map(data -> data.get(FILE)))
        .map(text -> ConfigurationReader.read("ConfigMap " + name, text));
  }

  EngineProfiles profiles() {
    Optional<Path> folder = configuration().profilesDir();
    return EngineProfilesReader.read(
        file().isPresent() ? folder : folder.filter(Files::isDirectory));
  }

  /// What the webhook goes by.
  WebhookRules rules() {
    return new WebhookRules(configuration(), profiles());
  }

  /// The id of the cluster in the store: configured, or the UID of kube-system.
  String clusterUid() {
    if (clusterUid == null) {
      String configured = configuration().cluster().id();
      clusterUid =
          Optional.ofNullable(place.clusterId)
              .orElseGet(() -> configured.isEmpty() ? unnamedCluster() : configured);
    }
    return clusterUid;
  }

  private String unnamedCluster() {
    return place.place == null ? uidOfKubeSystem() : onlyCluster();
  }

  private String onlyCluster() {
    List<String> clusters = store().children(Keys.POINTS);
    if (clusters.size() != 1) {
      throw new BadInput(
          clusters.isEmpty()
              ? "the store %s holds no points".formatted(place.place)
              : "the store holds points of several clusters: choose with --cluster-id, one of "
                  + clusters);
    }
    return clusters.getFirst();
  }

  private String uidOfKubeSystem() {
    return cluster().get(Namespace.class, ObjectName.global("kube-system")).getMetadata().getUid();
  }

  Keys keys() {
    return new Keys(clusterUid());
  }

  /// The primary store, readable with the user's credential.
  BackupStore store() {
    return opened().store();
  }

  /// The authority of the store's certificate, where the public ones do not do.
  Optional<String> storeCa() {
    return opened().caPem();
  }

  private OpenStore opened() {
    if (store == null) {
      store =
          place.place == null
              ? new StoreAccess(this, options.musterNamespace, environment).open()
              : PlacedStore.open(place.place, environment);
    }
    return store;
  }

  /// Believes the manifests of the pinned keys.
  ManifestVerifier verifier() {
    return new ManifestVerifier(pinned());
  }

  /// The keys whose signatures count.
  List<VerifyingKey> pinned() {
    List<String> said =
        place.publicKeys.isEmpty() ? configuration().signing().publicKeys() : place.publicKeys;
    if (said.isEmpty() && place.place != null) {
      throw new BadInput(
          "nothing is believed without a key: say --public-key, as the escrow sheet prints it");
    }
    try {
      return said.stream().map(VerifyingKey::fromBase64).toList();
    } catch (IllegalArgumentException e) {
      throw new BadInput("--public-key: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    if (store != null) {
      store.store().close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }
}
