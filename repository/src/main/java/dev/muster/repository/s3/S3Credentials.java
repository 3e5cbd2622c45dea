package dev.muster.repository.s3;

import java.util.Map;
import java.util.Optional;

/// An access key. Its text never shows the secret.
public record S3Credentials(String accessKeyId, String secretKey, Optional<String> sessionToken) {

  /// The usual `AWS_…` variables. Throws IllegalArgumentException naming what is missing.
  public static S3Credentials fromEnvironment(Map<String, String> environment) {
    return new S3Credentials(
        required(environment, "AWS_ACCESS_KEY_ID"),
        required(environment, "AWS_SECRET_ACCESS_KEY"),
        Optional.ofNullable(environment.get("AWS_SESSION_TOKEN")).filter(t -> !t.isBlank()));
  }

  @Override
  public String toString() {
    return "S3Credentials[" + accessKeyId + "]";
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("no store credential: set " + name);
    }
    return value.strip();
  }
}
