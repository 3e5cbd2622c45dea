package dev.muster.mover;

import dev.muster.repository.TrustedPem;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// HTTP clients that trust the certificates of a PEM text and no other, or, without one, what the
/// runtime trusts.
final class Trust {

  private static final Duration CONNECT = Duration.ofSeconds(10);

  private Trust() {}

  static HttpClient client(Optional<String> caPem) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT);
    caPem.ifPresent(pem -> client.sslContext(context(pem)));
    return client.build();
  }

  private static SSLContext context(String pem) {
    var trusted = TrustedPem.trustManagers(pem, "the CA text");
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trusted, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }
}
