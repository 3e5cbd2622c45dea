package dev.muster.certs;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// What a TLS server shows: its chain, leaf first, and the leaf's private key.
public record ServingCertificate(List<X509Certificate> chain, PrivateKey key) {
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final String ANY_USAGE = "2.5.29.37.0";

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

  /// Whether callers by this DNS name or address accept it; `*` stands for one label, the first.
  public boolean answersTo(String name) {
    var asked = name.toLowerCase(Locale.ROOT);
    var wildcard = asked.contains(".") ? "*" + asked.substring(asked.indexOf('.')) : asked;
    return names().stream()
        .map(each -> each.toLowerCase(Locale.ROOT))
        .anyMatch(each -> each.equals(asked) || each.equals(wildcard));
  }

  /// This certificate.
  ///
  /// @throws CertificateTrouble when it lacks one of `names`
  public ServingCertificate requireNames(Collection<String> names) {
    var lacks = names.stream().filter(name -> !answersTo(name)).sorted().toList();
    if (!lacks.isEmpty()) {
      throw new CertificateTrouble(
          "tls.crt is for %s: it must also have the names %s"
              .formatted(new TreeSet<>(names()), String.join(", ", lacks)));
    }
    return this;
  }

  /// @throws CertificateTrouble when its extended key usage names others than servers
  void requireForServers() {
    try {
      var usages = leaf().getExtendedKeyUsage();
      if (usages != null && !usages.contains(SERVER_AUTH) && !usages.contains(ANY_USAGE)) {
        throw new CertificateTrouble("tls.crt lacks the extended key usage serverAuth");
      }
    } catch (CertificateParsingException e) {
      throw new CertificateTrouble("tls.crt: its extended key usage is not readable", e);
    }
  }

  boolean validAt(Instant now) {
    return !notBefore().isAfter(now) && notAfter().isAfter(now);
  }

  @Override
  public String toString() {
    return "ServingCertificate" + names() + " until " + notAfter();
  }
}
