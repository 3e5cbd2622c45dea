package dev.muster.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.repository.s3.S3BackupStore;
import dev.muster.repository.s3.S3Credentials;
import dev.muster.repository.s3.S3Settings;
import dev.muster.testkit.Covers;
import dev.muster.testkit.ObjectStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class S3BackupStoreIT extends SigningStoreContract {

  @TempDir static Path folderOfServer;
  private static ObjectStore gateway;
  private static BackupStore store;
  private static HttpClient http;

  @BeforeAll
  static void start() throws Exception {
    gateway = ObjectStore.start(folderOfServer);
    store = TestStores.open(gateway);
    http = HttpClient.newBuilder().sslContext(TestTls.trusting(gateway.caPem())).build();
  }

  @AfterAll
  static void stop() throws Exception {
    http.close();
    store.close();
    gateway.close();
  }

  @Override
  BackupStore store() {
    return store;
  }

  @Override
  int put(SignedRequest request, byte[] body) throws Exception {
    HttpRequest.Builder put =
        HttpRequest.newBuilder(request.url()).PUT(HttpRequest.BodyPublishers.ofByteArray(body));
    request.headers().forEach(put::header);
    return http.send(put.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  @Override
  byte[] get(SignedRequest request) throws Exception {
    HttpRequest.Builder get = HttpRequest.newBuilder(request.url());
    request.headers().forEach(get::header);
    return http.send(get.build(), HttpResponse.BodyHandlers.ofByteArray()).body();
  }

  @Test
  @Covers("F68")
  void failuresAreToldApart() {
    S3Settings good = TestStores.settings(gateway);

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
}
