package dev.muster.repository.s3;

import java.net.URI;
import java.util.Optional;

/// Where a bucket is and who asks. If `caPem` is present, its certificates are the only ones
/// trusted.
public record S3Settings(
    URI endpoint,
    String region,
    String bucket,
    boolean pathStyle,
    Optional<String> caPem,
    S3Credentials credentials) {

  public S3Settings {
    if (endpoint.getScheme() == null || endpoint.getHost() == null) {
      throw new IllegalArgumentException(
          "a store's endpoint is a URL such as https://s3.example.com, not " + endpoint);
    }
  }
}
