package dev.muster.auditor;

import dev.muster.auditor.pki.CertificatesInForce;
import dev.muster.certs.CertificateTrouble;
import dev.muster.certs.ServingCertificate;
import dev.muster.cluster.ClusterException;
import dev.muster.http.TlsIdentity;
import dev.muster.http.TlsSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What this replica shows: the serving Secret, read from the API server, since a mounted file
/// would lag behind by minutes. Where it cannot be read or used, what it was before.
final class ServingSecret implements TlsSource {

  private static final Logger log = LoggerFactory.getLogger(ServingSecret.class);

  private final CertificatesInForce inForce;
  private Optional<TlsIdentity> last = Optional.empty();
  private String told = "";

  ServingSecret(CertificatesInForce inForce) {
    this.inForce = inForce;
  }

  @Override
  public Optional<TlsIdentity> current() {
    try {
      last = inForce.serving().map(ServingSecret::usable).or(() -> last);
      told = "";
    } catch (ClusterException | CertificateTrouble e) {
      String reason = String.valueOf(e.getMessage());
      if (!reason.equals(told)) {
        log.warn("no serving certificate from {}: {}", inForce.kept(), reason);
      }
      told = reason;
    }
    return last;
  }

  private static TlsIdentity usable(Map<String, String> data) {
    ServingCertificate serving =
        ServingCertificate.read(data.getOrDefault("tls.crt", ""), data.getOrDefault("tls.key", ""));
    return new TlsIdentity(serving.certificatesPem(), serving.keyPem());
  }
}
