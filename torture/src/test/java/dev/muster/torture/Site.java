package dev.muster.torture;

import dev.muster.repository.AgeIdentity;
import dev.muster.repository.Backoff;
import dev.muster.repository.BackupStore;
import dev.muster.repository.RetryBudget;
import dev.muster.repository.RetryingBackupStore;
import dev.muster.repository.SigningKey;
import dev.muster.repository.s3.S3BackupStore;
import dev.muster.repository.s3.S3Credentials;
import dev.muster.repository.s3.S3Settings;
import dev.muster.testkit.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/// What one process needs to make backups: a run API, keys, and how the store is reached.
///
/// @param folder for the files of Pods
record Site(Path folder, RunHost host, AgeIdentity identity, SigningKey signing) {

  private static final RetryBudget IMPATIENT =
      new RetryBudget(
          new Backoff(6, Duration.ofMillis(1), Duration.ofMillis(20)),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20));

  /// Keys and certificate for another process.
  void write(Path shared) throws IOException {
    Files.writeString(shared.resolve("secret"), identity.secret());
    Files.writeString(shared.resolve("recipient"), identity.recipient());
    Files.writeString(shared.resolve("signing.pem"), signing.toPem());
  }

  static Site read(Path shared, RunHost host) throws IOException {
    return new Site(
        Files.createTempDirectory(shared, "site"),
        host,
        new AgeIdentity(
            Files.readString(shared.resolve("secret")),
            Files.readString(shared.resolve("recipient"))),
        SigningKey.fromPem(Files.readString(shared.resolve("signing.pem"))));
  }

  /// The store over a port of this machine that leads to it.
  BackupStore store(int port) {
    S3Settings settings =
        new S3Settings(
            URI.create("http://127.0.0.1:" + port),
            "us-east-1",
            ObjectStore.BUCKET,
            true,
            Optional.empty(),
            new S3Credentials(ObjectStore.ACCESS_KEY, ObjectStore.SECRET_KEY, Optional.empty()));
    return new RetryingBackupStore(
        S3BackupStore.open(settings), IMPATIENT, Thread::sleep, System::nanoTime, new Random());
  }

  static void remove(Path tree) {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + tree, e);
    }
  }
}
