package dev.muster.certs;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The CA certificates that callers trust, newest first; two while one replaces the other.
public record TrustBundle(List<X509Certificate> authorities) {
  public TrustBundle {
    authorities = List.copyOf(authorities);
  }

  /// @throws CertificateTrouble when `pem` holds no readable certificate
  public static TrustBundle read(String pem) {
    return new TrustBundle(Pem.readCertificates(pem));
  }

  public String pem() {
    return Pem.write(authorities);
  }

  /// This bundle with `authority` in front, once.
  public TrustBundle with(X509Certificate authority) {
    var all = new ArrayList<X509Certificate>();
    all.add(authority);
    authorities.stream().filter(each -> !each.equals(authority)).forEach(all::add);
    return new TrustBundle(all);
  }

  /// This bundle without authorities that have expired at `now`.
  public TrustBundle withoutExpired(Instant now) {
    return new TrustBundle(
        authorities.stream().filter(each -> each.getNotAfter().toInstant().isAfter(now)).toList());
  }

  public boolean contains(X509Certificate authority) {
    return authorities.contains(authority);
  }

  /// The authority of this bundle that the chain of `serving` ends at, whatever the time. Of
  /// several with the same key, the one that is valid longest.
  public Optional<X509Certificate> anchor(ServingCertificate serving) {
    var chain = serving.chain();
    for (int i = 0; i < chain.size(); i++) {
      var each = chain.get(i);
      var found =
          authorities.stream()
              .filter(authority -> authority.equals(each) || signed(each, authority))
              .max(Comparator.comparing(X509Certificate::getNotAfter));
      if (found.isPresent()) {
        return found;
      }
      if (i + 1 < chain.size() && !signed(each, chain.get(i + 1))) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /// Whether `serving` is valid at `now` and each certificate of its chain is signed by the next,
  /// the last one by (or equal to) an authority of this bundle that is itself valid.
  public boolean trusts(ServingCertificate serving, Instant now) {
    var chain = serving.chain();
    for (int i = 0; i < chain.size(); i++) {
      var each = chain.get(i);
      if (!validAt(each, now)) {
        return false;
      }
      if (authorities.stream()
          .anyMatch(a -> validAt(a, now) && (a.equals(each) || signed(each, a)))) {
        return true;
      }
      if (i + 1 < chain.size() && !signed(each, chain.get(i + 1))) {
        return false;
      }
    }
    return false;
  }

  private static boolean validAt(X509Certificate certificate, Instant now) {
    return !certificate.getNotBefore().toInstant().isAfter(now)
        && certificate.getNotAfter().toInstant().isAfter(now);
  }

  private static boolean signed(X509Certificate certificate, X509Certificate by) {
    if (!certificate.getIssuerX500Principal().equals(by.getSubjectX500Principal())
        || by.getBasicConstraints() < 0) {
      return false;
    }
    try {
      certificate.verify(by.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
