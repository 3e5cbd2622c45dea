package dev.muster.cli;

import dev.muster.repository.BackupStore;
import dev.muster.repository.MarkedBackupStore;
import dev.muster.repository.RetryingBackupStore;
import dev.muster.repository.directory.DirectoryBackupStore;
import dev.muster.repository.s3.S3BackupStore;
import dev.muster.repository.s3.S3Credentials;
import dev.muster.repository.s3.S3Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A store that `--store` names: a directory, or a bucket by the variables of AWS's tools.
final class PlacedStore {

  private static final String S3 = "s3://";

  private PlacedStore() {}

  static OpenStore open(String place, Map<String, String> environment) {
    if (!place.startsWith(S3)) {
      return new OpenStore(
          new MarkedBackupStore(DirectoryBackupStore.open(folder(place))), Optional.empty());
    }
    S3Settings settings = bucket(place, environment);
    BackupStore bucket = RetryingBackupStore.prompt(S3BackupStore.open(settings));
    return new OpenStore(new MarkedBackupStore(bucket), settings.caPem());
  }

  static ProbedStore probed(String place, Map<String, String> environment) {
    return place.startsWith(S3)
        ? ProbedStore.bucket(place, bucket(place, environment))
        : ProbedStore.directory(folder(place));
  }

  private static Path folder(String place) {
    Path folder = Path.of(place);
    if (!Files.isDirectory(folder)) {
      throw new BadInput(
          "--store %s is not a directory; a bucket is said as s3://BUCKET".formatted(place));
    }
    return folder;
  }

  private static S3Settings bucket(String place, Map<String, String> environment) {
    String name = place.substring(S3.length()).replaceAll("/+$", "");
    if (!name.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
      throw new BadInput("--store s3://%s names no bucket: say s3://BUCKET".formatted(name));
    }
    String region = environment.getOrDefault("AWS_REGION", "us-east-1");
    Optional<String> authority =
        Optional.ofNullable(environment.get("AWS_CA_BUNDLE")).map(Path::of).map(StoreAccess::text);
    try {
      return new S3Settings(
          endpoint(environment, region),
          region,
          name,
          true,
          authority,
          S3Credentials.fromEnvironment(environment));
    } catch (IllegalArgumentException e) {
      throw new BadInput("--store s3://%s: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static URI endpoint(Map<String, String> environment, String region) {
    String said =
        environment.getOrDefault(
            "AWS_ENDPOINT_URL_S3",
            environment.getOrDefault(
                "AWS_ENDPOINT_URL", "https://s3.%s.amazonaws.com".formatted(region)));
    URI endpoint = URI.create(said);
    if (endpoint.getHost() == null || !String.valueOf(endpoint.getScheme()).matches("https?")) {
      throw new IllegalArgumentException(
          "AWS_ENDPOINT_URL is '" + said + "', which is no http URL");
    }
    return endpoint;
  }
}
