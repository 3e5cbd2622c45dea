package dev.muster.repository;

import dev.muster.repository.s3.S3Settings;
import dev.muster.testkit.MinioServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class MinioBackupStoreIT extends S3StoreContract {

  @TempDir static Path folderOfServer;
  private static MinioServer server;

  @BeforeAll
  static void start() {
    server = MinioServer.start(folderOfServer);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  S3Settings settings() {
    return TestStores.settings(server);
  }
}
