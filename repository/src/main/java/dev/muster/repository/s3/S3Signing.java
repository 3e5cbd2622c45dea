package dev.muster.repository.s3;

import dev.muster.repository.SignedRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Requests that their holder can send without a credential.
final class S3Signing implements AutoCloseable {

  private final String bucket;
  private final S3Presigner presigner;

  S3Signing(S3Settings settings) {
    this.bucket = settings.bucket();
    this.presigner =
        S3Presigner.builder()
            .endpointOverride(settings.endpoint())
            .region(Region.of(settings.region()))
            .credentialsProvider(S3Connection.credentials(settings.credentials()))
            .serviceConfiguration(S3Connection.service(settings))
            .build();
  }

  SignedRequest part(
      String key, String uploadId, int number, long length, String sha256, Duration ttl) {
    return signed(
        presigner.presignUploadPart(p ->
            p.signatureDuration(ttl)
                .uploadPartRequest(r ->
                    r.bucket(bucket)
                        .key(key)
                        .uploadId(uploadId)
                        .partNumber(number)
                        .contentLength(length)
                        .checksumSHA256(Checksums.toBase64(sha256)))));
  }

  SignedRequest get(String key, Duration ttl) {
    return signed(
        presigner.presignGetObject(
            p -> p.signatureDuration(ttl).getObjectRequest(r -> r.bucket(bucket).key(key))));
  }

  @Override
  public void close() {
    presigner.close();
  }

  /// Clients set `host` and `content-length` themselves, from URL and body.
  private static SignedRequest signed(PresignedRequest request) {
    Map<String, String> headers = new TreeMap<>();
    request
        .signedHeaders()
        .forEach((name, values) -> {
          if (!name.equalsIgnoreCase("host") && !name.equalsIgnoreCase("content-length")) {
            headers.put(name, String.join(",", values));
          }
        });
    return new SignedRequest(URI.create(request.url().toString()), headers, request.expiration());
  }
}
