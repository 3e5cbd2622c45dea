package dev.muster.cli;

import dev.muster.cluster.ClusterException;
import dev.muster.cluster.ObjectName;
import dev.muster.config.Configuration;
import dev.muster.config.Configuration.Store;
import dev.muster.repository.BackupStore;
import dev.muster.repository.MarkedBackupStore;
import dev.muster.repository.RetryingBackupStore;
import dev.muster.repository.s3.S3BackupStore;
import dev.muster.repository.s3.S3Credentials;
import dev.muster.repository.s3.S3Settings;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds a credential of the store: the environment's, that of the configured folder, or the one in
/// Muster's namespace if the user's kubeconfig may read it.
final class StoreAccess {

  private static final String WRITING = "muster-store";
  private static final List<String> SECRETS = List.of("muster-store-read", WRITING);
  private static final String CA = "ca.pem";

  private final Session session;
  private final String namespace;
  private final Map<String, String> environment;

  StoreAccess(Session session, String namespace, Map<String, String> environment) {
    this.session = session;
    this.namespace = namespace;
    this.environment = environment;
  }

  OpenStore open() {
    Store store = named(Optional.empty());
    S3Settings settings = settings(store, SECRETS);
    BackupStore bucket = S3BackupStore.open(settings);
    return new OpenStore(
        new MarkedBackupStore(RetryingBackupStore.prompt(bucket)), settings.caPem());
  }

  /// With the credential that writes.
  ///
  /// @param name of one of the configured stores, else the first
  ProbedStore probed(Optional<String> name) {
    Store store = named(name);
    return ProbedStore.bucket(store.name(), settings(store, List.of(WRITING)));
  }

  private Store named(Optional<String> name) {
    Configuration configuration = session.configuration();
    if (name.isEmpty()) {
      return configuration
          .primaryStore()
          .orElseThrow(
              () -> new BadInput("no store is configured: add one to stores in muster.yaml"));
    }
    return Optional.ofNullable(configuration.stores().get(name.get()))
        .orElseThrow(() ->
            new BadInput(
                "no store is named %s: say one of %s"
                    .formatted(name.get(), configuration.stores().keySet())));
  }

  private S3Settings settings(Store store, List<String> secrets) {
    Map<String, String> found = found(store, secrets);
    Optional<String> authority = authority(store, found, secrets);
    try {
      return settings(store, authority, S3Credentials.fromEnvironment(found));
    } catch (IllegalArgumentException e) {
      throw new BadInput(
          "store %s: %s; or let your kubeconfig read the Secret %s/%s"
              .formatted(store.name(), e.getMessage(), namespace, secrets.getFirst()),
          e);
    }
  }

  static S3Settings settings(Store store, Optional<String> authority, S3Credentials credentials) {
    return new S3Settings(
        store.endpoint(),
        store.region(),
        store.bucket(),
        store.pathStyle(),
        authority,
        credentials);
  }

  private Map<String, String> found(Store store, List<String> secrets) {
    if (environment.containsKey("AWS_ACCESS_KEY_ID")) {
      return environment;
    }
    Optional<Path> folder = store.credentialsDir().filter(Files::isDirectory);
    return folder.map(StoreAccess::folder).orElseGet(() -> secret(secrets));
  }

  static Map<String, String> folder(Path folder) {
    Map<String, String> found = new HashMap<>();
    for (String name :
        List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", CA)) {
      Path file = folder.resolve(name);
      if (Files.isReadable(file)) {
        found.put(name, text(file));
      }
    }
    return found;
  }

  private Map<String, String> secret(List<String> names) {
    for (String name : names) {
      try {
        Optional<Secret> secret =
            session.cluster().find(Secret.class, ObjectName.in(namespace, name));
        if (secret.isPresent()) {
          Map<String, String> found = new HashMap<>();
          secret.get().getData().forEach((key, value) -> found.put(key, decoded(value)));
          return found;
        }
      } catch (ClusterException.Forbidden _) {
        // The next Secret may be allowed; if none is, the message says what to do.
      }
    }
    return Map.of();
  }

  /// Of the store's certificate: the configured file, the one beside the credential, the one in
  /// Muster's namespace where the configuration names a file of the cluster, the environment's.
  private Optional<String> authority(Store store, Map<String, String> found, List<String> secrets) {
    return store
        .caFile()
        .filter(Files::isReadable)
        .map(StoreAccess::text)
        .or(() -> Optional.ofNullable(found.get(CA)))
        .or(() -> store.caFile().flatMap(_ -> Optional.ofNullable(secret(secrets).get(CA))))
        .or(() ->
            Optional.ofNullable(environment.get("AWS_CA_BUNDLE"))
                .map(Path::of)
                .map(StoreAccess::text));
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
