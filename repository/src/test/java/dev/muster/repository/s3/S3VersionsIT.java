package dev.muster.repository.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.repository.OldestVersion;
import dev.muster.repository.PutOutcome;
import dev.muster.testkit.Covers;
import dev.muster.testkit.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/// A holder of the store's credential cannot make readers take another manifest.
final class S3VersionsIT {

  @TempDir Path folder;

  @Test
  @Covers({"F72", "F94"})
  void overwritingAndDeletingLeaveTheOldestVersionInForce() {
    try (ObjectStore server = ObjectStore.start(folder)) {
      S3Settings settings = settings(server);
      try (S3BackupStore store = S3BackupStore.open(settings);
          S3Client raw = S3Connection.client(settings, S3Limits.SMALL)) {
        raw.putBucketVersioning(r ->
            r.bucket(ObjectStore.BUCKET)
                .versioningConfiguration(c -> c.status(BucketVersioningStatus.ENABLED)));
        String key = "points/c/w/p/manifest.json";

        assertThat(store.putIfAbsent(key, bytes("mine"))).isEqualTo(new PutOutcome.Created());
        raw.putObject(r -> r.bucket(ObjectStore.BUCKET).key(key), RequestBody.fromString("theirs"));
        raw.putObject(r -> r.bucket(ObjectStore.BUCKET).key(key), RequestBody.fromString("more"));
        OldestVersion overwritten = store.getOldest(key, 100).orElseThrow();
        raw.deleteObject(r -> r.bucket(ObjectStore.BUCKET).key(key));
        OldestVersion deleted = store.getOldest(key, 100).orElseThrow();

        assertThat(overwritten.content()).isEqualTo(bytes("mine"));
        assertThat(overwritten.versions()).isEqualTo(3);
        assertThat(deleted.content()).isEqualTo(bytes("mine"));
        assertThat(deleted.deleted()).isTrue();
        assertThat(store.get(key, 100)).isEmpty();
        assertThat(store.children("points/c/w/")).containsExactly("p");
      }
    }
  }

  private static S3Settings settings(ObjectStore server) {
    return new S3Settings(
        server.endpoint(),
        "us-east-1",
        ObjectStore.BUCKET,
        true,
        Optional.of(server.caPem()),
        new S3Credentials(ObjectStore.ACCESS_KEY, ObjectStore.SECRET_KEY, Optional.empty()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
