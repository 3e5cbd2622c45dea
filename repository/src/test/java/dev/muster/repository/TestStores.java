package dev.muster.repository;

import dev.muster.repository.s3.S3BackupStore;
import dev.muster.repository.s3.S3Credentials;
import dev.muster.repository.s3.S3Settings;
import dev.muster.testkit.ObjectStore;
import java.util.Optional;

/// Ports on a real server.
final class TestStores {

  private TestStores() {}

  static S3Settings settings(ObjectStore server) {
    return new S3Settings(
        server.endpoint(),
        "us-east-1",
        ObjectStore.BUCKET,
        true,
        Optional.of(server.caPem()),
        new S3Credentials(ObjectStore.ACCESS_KEY, ObjectStore.SECRET_KEY, Optional.empty()));
  }

  static S3BackupStore open(ObjectStore server) {
    return S3BackupStore.open(settings(server));
  }
}
