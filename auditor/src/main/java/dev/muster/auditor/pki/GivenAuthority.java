package dev.muster.auditor.pki;

import dev.muster.certs.CertificateCheck;
import dev.muster.certs.TrustBundle;
import java.util.Map;

/// Publishes the administrator's CA as the webhooks' `caBundle`.
final class GivenAuthority implements CertificateKeeper {

  private final CertificatesInForce inForce;
  private final Bundles bundles;

  GivenAuthority(CertificatesInForce inForce, Bundles bundles) {
    this.inForce = inForce;
    this.bundles = bundles;
  }

  /// An authority that does not reach down to the leaf is not published: what is in force may still
  /// fit the leaf that the webhooks show.
  @Override
  public void maintain() {
    Map<String, String> data = inForce.secret().map(inForce::data).orElse(Map.of());
    if (CertificateCheck.authorityNotAfter(data).isPresent()) {
      bundles.keep(TrustBundle.read(data.getOrDefault(CertificatesInForce.TRUST, "")).pem());
    }
  }
}
