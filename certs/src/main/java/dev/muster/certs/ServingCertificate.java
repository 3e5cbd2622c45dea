package dev.muster.certs;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// What a TLS server shows: its chain, leaf first, and the leaf's private key.
public record ServingCertificate(List<X509Certificate> chain, PrivateKey key) {
  public ServingCertificate {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new CertificateTrouble("a serving certificate needs at least its leaf");
    }
    if (!KeyMatch.holds(chain.getFirst().getPublicKey(), key)) {
      throw new CertificateTrouble("tls.key does not belong to the first certificate of tls.crt");
    }
  }

  /// Reads `tls.crt` and `tls.key` as a Secret of type `kubernetes.io/tls` holds them.
  ///
  /// @throws CertificateTrouble when one is not readable or they do not belong together
  public static ServingCertificate read(String certificates, String key) {
    return new ServingCertificate(Pem.readCertificates(certificates), Pem.readPrivateKey(key));
  }

  public X509Certificate leaf() {
    return chain.getFirst();
  }

  public PublicKey publicKey() {
    return leaf().getPublicKey();
  }

  public String certificatesPem() {
    return Pem.write(chain);
  }

  public String keyPem() {
    return Pem.write(key);
  }

  public Instant notBefore() {
    return leaf().getNotBefore().toInstant();
  }

  public Instant notAfter() {
    return leaf().getNotAfter().toInstant();
  }

  /// The DNS names (and literal addresses) the leaf is valid for.
  public Set<String> names() {
    try {
      var found = new TreeSet<String>();
      for (var each :
          Objects.requireNonNullElse(leaf().getSubjectAlternativeNames(), List.<List<?>>of())) {
        found.add(String.valueOf(each.get(1)));
      }
      return Set.copyOf(found);
    } catch (CertificateParsingException e) {
      throw new CertificateTrouble("subject alternative names are not readable", e);
    }
  }

  @Override
  public String toString() {
    return "ServingCertificate" + names() + " until " + notAfter();
  }
}
