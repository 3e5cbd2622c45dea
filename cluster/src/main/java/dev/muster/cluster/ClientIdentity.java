package dev.muster.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/// The client certificate of a kubeconfig, taken out of the client library's hands.
final class ClientIdentity {

  private final Config config;
  private final KeyManager @Nullable [] managers;

  private ClientIdentity(Config config, KeyManager @Nullable [] managers) {
    this.config = config;
    this.managers = managers;
  }

  /// Takes certificate and key out of the configuration, where it has any.
  static ClientIdentity takenFrom(Config config) {
    String certificate = pem(config.getClientCertData(), config.getClientCertFile());
    String key = pem(config.getClientKeyData(), config.getClientKeyFile());
    if (certificate == null || key == null) {
      return new ClientIdentity(config, null);
    }
    config.setClientCertData(null);
    config.setClientCertFile(null);
    config.setClientKeyData(null);
    config.setClientKeyFile(null);
    return new ClientIdentity(config, managers(certificate, key));
  }

  void show(HttpClient.Builder builder) {
    if (managers == null) {
      return;
    }
    try {
      builder.sslContext(managers, SSLUtils.trustManagers(config));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("the kubeconfig's certificates cannot be used", e);
    }
  }

  private static KeyManager[] managers(String certificate, String key) {
    try {
      var chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII)))
              .toArray(Certificate[]::new);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("client", ClientKey.read(key), new char[0], chain);
      var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, new char[0]);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("the kubeconfig's client certificate cannot be used", e);
    }
  }

  private static @Nullable String pem(@Nullable String data, @Nullable String file) {
    if (data != null && !data.isEmpty()) {
      return new String(Base64.getMimeDecoder().decode(data), StandardCharsets.US_ASCII);
    }
    if (file == null || file.isEmpty()) {
      return null;
    }
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + " of the kubeconfig", e);
    }
  }
}
