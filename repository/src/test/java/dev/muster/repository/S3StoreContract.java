package dev.muster.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.repository.s3.S3BackupStore;
import dev.muster.repository.s3.S3Credentials;
import dev.muster.repository.s3.S3Settings;
import dev.muster.testkit.Covers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every S3 server must do, by whatever answers it says so.
abstract class S3StoreContract extends SigningStoreContract {

  private BackupStore store;

  abstract S3Settings settings();

  @BeforeEach
  void open() {
    store = S3BackupStore.open(settings());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  final BackupStore store() {
    return store;
  }

  @Override
  final int put(SignedRequest request, byte[] body) throws Exception {
    HttpRequest.Builder put =
        HttpRequest.newBuilder(request.url()).PUT(HttpRequest.BodyPublishers.ofByteArray(body));
    request.headers().forEach(put::header);
    try (HttpClient http = http()) {
      return http.send(put.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  @Override
  final byte[] get(SignedRequest request) throws Exception {
    HttpRequest.Builder get = HttpRequest.newBuilder(request.url());
    request.headers().forEach(get::header);
    try (HttpClient http = http()) {
      return http.send(get.build(), HttpResponse.BodyHandlers.ofByteArray()).body();
    }
  }

  @Test
  @Covers("F68")
  void failuresAreToldApart() {
    S3Settings good = settings();

    assertThat(kindWith(good.endpoint(), Optional.empty(), "muster", good.credentials()))
        .isEqualTo(StoreException.Kind.TLS);
    assertThat(
            kindWith(URI.create("https://127.0.0.1:1"), good.caPem(), "muster", good.credentials()))
        .isEqualTo(StoreException.Kind.UNAVAILABLE);
    assertThat(
            kindWith(
                good.endpoint(),
                good.caPem(),
                "muster",
                new S3Credentials("root", "wrong", Optional.empty())))
        .isEqualTo(StoreException.Kind.DENIED);
    assertThat(kindWith(good.endpoint(), good.caPem(), "no-such-bucket", good.credentials()))
        .isEqualTo(StoreException.Kind.NOT_FOUND);
  }

  private StoreException.Kind kindWith(
      URI endpoint, Optional<String> ca, String bucket, S3Credentials credentials) {
    try (var other =
        S3BackupStore.open(new S3Settings(endpoint, "us-east-1", bucket, true, ca, credentials))) {
      return catchThrowableOfType(
              StoreException.class, () -> other.putIfAbsent(folder + "x", bytes("x")))
          .kind();
    }
  }

  private HttpClient http() throws GeneralSecurityException, IOException {
    return HttpClient.newBuilder()
        .sslContext(TestTls.trusting(settings().caPem().orElseThrow()))
        .build();
  }
}
