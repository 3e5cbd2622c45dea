package dev.muster.repository;

import dev.muster.repository.s3.S3Settings;
import dev.muster.testkit.ObjectStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class S3BackupStoreIT extends S3StoreContract {

  @TempDir static Path folderOfServer;
  private static ObjectStore gateway;

  @BeforeAll
  static void start() {
    gateway = ObjectStore.start(folderOfServer);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Override
  S3Settings settings() {
    return TestStores.settings(gateway);
  }
}
