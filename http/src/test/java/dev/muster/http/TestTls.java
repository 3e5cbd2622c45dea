package dev.muster.http;

import dev.muster.certs.CertificateAuthority;
import dev.muster.certs.TrustBundle;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// An authority, what it issued last, and clients that trust only it.
final class TestTls implements TlsSource {
  private final Instant now = InstantSource.system().instant();
  private final CertificateAuthority authority = CertificateAuthority.create(now);
  private volatile @Nullable TlsIdentity identity;

  TestTls issue() {
    var serving = authority.issue(List.of("localhost", "127.0.0.1"), now);
    identity = new TlsIdentity(serving.certificatesPem(), serving.keyPem());
    return this;
  }

  void spoil() {
    var foreign = CertificateAuthority.create(now).issue(List.of("localhost"), now);
    identity = new TlsIdentity(foreign.certificatesPem(), "no key");
  }

  @Override
  public Optional<TlsIdentity> current() {
    return Optional.ofNullable(identity);
  }

  HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(context())
        .connectTimeout(Duration.ofSeconds(5))
        .build();
  }

  Socket socket(int port) throws IOException {
    var socket = context().getSocketFactory().createSocket("127.0.0.1", port);
    socket.setSoTimeout(15_000);
    return socket;
  }

  private SSLContext context() {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (var each : new TrustBundle(List.of(authority.certificate())).authorities()) {
        store.setCertificateEntry("ca", each);
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
