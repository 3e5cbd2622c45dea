package dev.muster.repository;

import dev.muster.repository.s3.S3BackupStore;
import dev.muster.repository.s3.S3Credentials;
import dev.muster.repository.s3.S3Settings;
import dev.muster.testkit.MinioServer;
import dev.muster.testkit.ObjectStore;
import java.net.URI;
import java.util.Optional;

/// Ports on a real server.
public final class TestStores {

  private TestStores() {}

  public static S3Settings settings(ObjectStore server) {
    return settings(server.endpoint(), Optional.of(server.caPem()));
  }

  public static S3Settings settings(MinioServer server) {
    return settings(server.endpoint(), Optional.of(server.caPem()));
  }

  /// A bucket of a server that knows the credential of the test servers.
  public static S3Settings settings(URI endpoint, Optional<String> caPem) {
    return new S3Settings(
        endpoint,
        "us-east-1",
        ObjectStore.BUCKET,
        true,
        caPem,
        new S3Credentials(ObjectStore.ACCESS_KEY, ObjectStore.SECRET_KEY, Optional.empty()));
  }

  static S3BackupStore open(ObjectStore server) {
    return S3BackupStore.open(settings(server));
  }
}
