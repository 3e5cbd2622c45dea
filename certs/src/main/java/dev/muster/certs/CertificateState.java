package dev.muster.certs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Everything that is kept about Muster's certificates between two looks.
///
/// [#authorityData()] belongs into the CA Secret (nobody but its owner reads it), [#servingData()]
/// into the Secret that the servers mount, `trust` is public. Write trust to all callers *before*
/// the serving Secret.
public record CertificateState(
    CertificateAuthority current,
    Optional<CertificateAuthority> next,
    TrustBundle trust,
    Optional<ServingCertificate> serving) {

  static final String CA = "ca.crt";
  static final String CA_KEY = "ca.key";
  static final String NEXT = "next.crt";
  static final String NEXT_KEY = "next.key";
  static final String TRUST = "trust.crt";
  static final String TLS = "tls.crt";
  static final String TLS_KEY = "tls.key";

  /// Reads what was kept. Empty when there is no authority yet; a lost serving Secret alone does
  /// not cost the authority.
  ///
  /// @throws CertificateTrouble when something is there but not readable: never replaced unasked
  public static Optional<CertificateState> read(
      Map<String, String> authority, Map<String, String> serving) {
    if (!authority.containsKey(CA) || !authority.containsKey(CA_KEY)) {
      return Optional.empty();
    }
    var current = CertificateAuthority.read(need(authority, CA), need(authority, CA_KEY));
    var next =
        authority.containsKey(NEXT) && authority.containsKey(NEXT_KEY)
            ? Optional.of(
                CertificateAuthority.read(need(authority, NEXT), need(authority, NEXT_KEY)))
            : Optional.<CertificateAuthority>empty();
    var trust = TrustBundle.read(authority.getOrDefault(TRUST, need(authority, CA)));
    var served =
        serving.containsKey(TLS) && serving.containsKey(TLS_KEY)
            ? Optional.of(ServingCertificate.read(need(serving, TLS), need(serving, TLS_KEY)))
            : Optional.<ServingCertificate>empty();
    return Optional.of(new CertificateState(current, next, trust, served));
  }

  /// Keys and PEM values of the CA Secret.
  public Map<String, String> authorityData() {
    var data = new LinkedHashMap<String, String>();
    data.put(CA, current.certificatePem());
    data.put(CA_KEY, current.keyPem());
    next.ifPresent(each -> {
      data.put(NEXT, each.certificatePem());
      data.put(NEXT_KEY, each.keyPem());
    });
    data.put(TRUST, trust.pem());
    return data;
  }

  /// Keys and PEM values of the serving Secret, type `kubernetes.io/tls`. Every state that
  /// [Rotation] hands out has them.
  public Map<String, String> servingData() {
    var served = serving.orElseThrow(() -> new CertificateTrouble("no serving certificate yet"));
    return Map.of(TLS, served.certificatesPem(), TLS_KEY, served.keyPem());
  }

  private static String need(Map<String, String> data, String key) {
    var value = data.get(key);
    if (value == null) {
      throw new CertificateTrouble(key + " is missing");
    }
    return value;
  }
}
