package dev.muster.http;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;

/// A certificate chain (leaf first) and its private key, both PEM.
public record TlsIdentity(String certificates, String key) {
  Instant notAfter() throws CertificateException {
    var bytes = certificates.getBytes(StandardCharsets.US_ASCII);
    var leaf =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(bytes));
    return leaf.getNotAfter().toInstant();
  }

  @Override
  public String toString() {
    return "TlsIdentity";
  }
}
