package dev.muster.certs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What callers will say to the certificate of a Secret: `tls.crt`, `tls.key` and `ca.crt`, whoever
/// keeps them. Pure.
public final class CertificateCheck {

  /// Every rotation replaces at two thirds of the life; who has not halfway through the rest, or a
  /// month before the end of a long life, is late.
  private static final Duration EARLIEST = Duration.ofDays(30);

  private static final int LATE = 6;

  private CertificateCheck() {}

  /// Findings, the worst first; empty when all is well.
  ///
  /// @param data of the Secret
  /// @param names by which callers call the servers
  public static List<Finding> findings(
      Map<String, String> data, Collection<String> names, Instant now) {
    var missing =
        Stream.of(CertificateState.TLS, CertificateState.TLS_KEY, CertificateState.CA)
            .filter(key -> data.getOrDefault(key, "").isBlank())
            .map(CertificateCheck::missing)
            .toList();
    return missing.isEmpty() ? ofComplete(data, names, now) : missing;
  }

  /// When the authority that signed expires, where the data tells.
  public static Optional<Instant> authorityNotAfter(Map<String, String> data) {
    try {
      var serving =
          ServingCertificate.read(
              data.getOrDefault(CertificateState.TLS, ""),
              data.getOrDefault(CertificateState.TLS_KEY, ""));
      return TrustBundle.read(data.getOrDefault(CertificateState.CA, ""))
          .anchor(serving)
          .map(anchor -> anchor.getNotAfter().toInstant());
    } catch (CertificateTrouble e) {
      return Optional.empty();
    }
  }

  private static Finding missing(String key) {
    return Finding.refused(
        switch (key) {
          case CertificateState.TLS ->
              "tls.crt is missing: it must hold the leaf, then intermediates";
          case CertificateState.TLS_KEY ->
              "tls.key is missing: it must hold the leaf's private key";
          default -> "ca.crt is missing: it must hold the CA that signed tls.crt";
        });
  }

  private static List<Finding> ofComplete(
      Map<String, String> data, Collection<String> names, Instant now) {
    ServingCertificate serving;
    try {
      serving =
          ServingCertificate.read(
              data.getOrDefault(CertificateState.TLS, ""),
              data.getOrDefault(CertificateState.TLS_KEY, ""));
    } catch (CertificateTrouble e) {
      return List.of(Finding.refused("tls.crt and tls.key: " + e.getMessage()));
    }
    TrustBundle trust;
    try {
      trust = TrustBundle.read(data.getOrDefault(CertificateState.CA, ""));
    } catch (CertificateTrouble e) {
      return List.of(Finding.refused("ca.crt: " + e.getMessage()));
    }
    var findings = new ArrayList<Finding>();
    leaf(serving, names, now).ifPresent(findings::add);
    findings.addAll(authority(serving, trust, now));
    if (findings.stream().noneMatch(Finding::refused)
        && late(serving.notBefore(), serving.notAfter(), now)) {
      findings.add(Finding.expiring("tls.crt expires at %s".formatted(serving.notAfter())));
    }
    return List.copyOf(findings);
  }

  private static Optional<Finding> leaf(
      ServingCertificate serving, Collection<String> names, Instant now) {
    if (!serving.notAfter().isAfter(now)) {
      return Optional.of(Finding.refused("tls.crt expired at " + serving.notAfter()));
    }
    if (serving.notBefore().isAfter(now)) {
      return Optional.of(Finding.refused("tls.crt is valid only from " + serving.notBefore()));
    }
    try {
      serving.requireNames(names);
      serving.requireForServers();
      return Optional.empty();
    } catch (CertificateTrouble e) {
      return Optional.of(Finding.refused(String.valueOf(e.getMessage())));
    }
  }

  /// The one that signed: others of the bundle may expire while one replaces the other.
  private static List<Finding> authority(
      ServingCertificate serving, TrustBundle trust, Instant now) {
    var anchor = trust.anchor(serving);
    if (anchor.isEmpty()) {
      return List.of(
          Finding.refused(
              "tls.crt does not chain to ca.crt: tls.crt must hold all intermediates after the"
                  + " leaf, ca.crt the CA that signed the last of them"));
    }
    var until = anchor.get().getNotAfter().toInstant();
    if (!until.isAfter(now)) {
      return List.of(
          Finding.refused(
              "ca.crt: %s expired at %s".formatted(anchor.get().getSubjectX500Principal(), until)));
    }
    if (!trust.trusts(serving, now) && serving.validAt(now)) {
      return List.of(
          Finding.refused("tls.crt or ca.crt: a certificate between leaf and CA is not valid now"));
    }
    return late(anchor.get().getNotBefore().toInstant(), until, now)
        ? List.of(
            Finding.expiring(
                "ca.crt: %s expires at %s: its successor must stand beside it before tls.crt changes"
                    .formatted(anchor.get().getSubjectX500Principal(), until)))
        : List.of();
  }

  private static boolean late(Instant from, Instant until, Instant now) {
    var sixth = Duration.between(from, until).dividedBy(LATE);
    return now.isAfter(until.minus(sixth.compareTo(EARLIEST) < 0 ? sixth : EARLIEST));
  }
}
