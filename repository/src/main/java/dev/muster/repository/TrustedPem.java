package dev.muster.repository;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Trust in the certificates of a PEM text and in nothing else.
public final class TrustedPem {

  private TrustedPem() {}

  /// Throws `IllegalArgumentException` where the text is no PEM of certificates or holds none;
  /// `source` says in the message where the text is from.
  public static TrustManager[] trustManagers(String pem, String source) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
        store.setCertificateEntry("ca" + count, certificate);
        count++;
      }
      if (count == 0) {
        throw new IllegalArgumentException(source + " holds no certificate");
      }
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(source + " is not PEM of certificates", e);
    }
  }
}
