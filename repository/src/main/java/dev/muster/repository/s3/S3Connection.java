package dev.muster.repository.s3;

import dev.muster.repository.TrustedPem;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;

/// How every request travels: own CA, deadlines, no retries, no default checksums (some stores
/// refuse them, and our digests do not depend on them).
final class S3Connection {

  private S3Connection() {}

  static S3Client client(S3Settings settings, S3Limits limits) {
    return S3Client.builder()
        .httpClientBuilder(http(settings, limits))
        .endpointOverride(settings.endpoint())
        .region(Region.of(settings.region()))
        .credentialsProvider(credentials(settings.credentials()))
        .serviceConfiguration(service(settings))
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .overrideConfiguration(c ->
            c.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallAttemptTimeout(limits.whole()))
        .build();
  }

  static UrlConnectionHttpClient.Builder http(S3Settings settings, S3Limits limits) {
    var http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(limits.connect())
            .socketTimeout(limits.silence());
    settings
        .caPem()
        .ifPresent(pem ->
            http.tlsTrustManagersProvider(
                () -> TrustedPem.trustManagers(pem, "the store's CA file")));
    return http;
  }

  static S3Configuration service(S3Settings settings) {
    return S3Configuration.builder()
        .pathStyleAccessEnabled(settings.pathStyle())
        .chunkedEncodingEnabled(false)
        .build();
  }

  static AwsCredentialsProvider credentials(S3Credentials given) {
    String id = given.accessKeyId();
    String secret = given.secretKey();
    return given
        .sessionToken()
        .map(token ->
            StaticCredentialsProvider.create(AwsSessionCredentials.create(id, secret, token)))
        .orElseGet(() -> StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)));
  }
}
