package dev.muster.cli;

import dev.muster.config.Configuration.Store;
import dev.muster.repository.BackupStore;
import dev.muster.repository.MarkedBackupStore;
import dev.muster.repository.RetryingBackupStore;
import dev.muster.repository.s3.S3BackupStore;
import dev.muster.repository.s3.S3Credentials;
import java.nio.file.Files;
import java.util.Map;

/// A store as a server opens it: with the mounted credential, or the environment's.
final class ServerStore {

  private ServerStore() {}

  static BackupStore open(Store store, Map<String, String> environment) {
    Map<String, String> found =
        store
            .credentialsDir()
            .filter(Files::isDirectory)
            .map(StoreAccess::folder)
            .orElse(environment);
    try {
      BackupStore bucket =
          S3BackupStore.open(
              StoreAccess.settings(
                  store,
                  store.caFile().map(StoreAccess::text),
                  S3Credentials.fromEnvironment(found)));
      return new MarkedBackupStore(RetryingBackupStore.patient(bucket));
    } catch (IllegalArgumentException e) {
      throw new BadInput("store %s: %s".formatted(store.name(), e.getMessage()), e);
    }
  }
}
