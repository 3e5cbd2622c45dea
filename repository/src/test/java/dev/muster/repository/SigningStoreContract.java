package dev.muster.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What a store must do besides whose requests can be signed for somebody without a credential.
abstract class SigningStoreContract extends BackupStoreContract {

  /// PUTs a body with a signed request and returns the HTTP status.
  abstract int put(SignedRequest request, byte[] body) throws Exception;

  /// GETs by a signed request.
  abstract byte[] get(SignedRequest request) throws Exception;

  @Test
  void signedRequestsSendAndRead() throws Exception {
    String key = folder + "signed";
    byte[] part = noise(1, 1000);
    String upload = store().createUpload(key);
    SignedRequest request =
        store().presignPart(key, upload, 1, 1000, Digests.sha256(part), Duration.ofMinutes(5));

    assertThat(put(request, part)).isEqualTo(200);
    store().completeUpload(key, upload, store().listParts(key, upload));

    assertThat(get(store().presignGet(key, Duration.ofMinutes(1)))).isEqualTo(part);
  }

  @Test
  @Covers("F61")
  void otherBytesThanTheSignedOnesAreRefused() throws Exception {
    String key = folder + "other";
    byte[] signed = noise(1, 1000);
    String upload = store().createUpload(key);
    SignedRequest request =
        store().presignPart(key, upload, 1, 1000, Digests.sha256(signed), Duration.ofMinutes(1));

    int otherBytes = put(request, noise(2, 1000));
    int longer = put(request, noise(1, 1001));

    assertThat(otherBytes).isBetween(400, 499);
    assertThat(longer).isBetween(400, 499);
    assertThat(store().listParts(key, upload)).isEmpty();
  }

  @Test
  void aSignedRequestHidesItsQuery() {
    SignedRequest request = store().presignGet(folder + "x", Duration.ofMinutes(1));

    assertThat(request.toString()).doesNotContain("?").doesNotContain("ignature");
  }
}
