package dev.muster.auditor;

import dev.muster.auditor.pki.CertificatesInForce;
import dev.muster.certs.CertificateTrouble;
import dev.muster.certs.ServingCertificate;
import dev.muster.cluster.ClusterException;
import dev.muster.http.TlsIdentity;
import dev.muster.http.TlsSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What this replica shows: the serving Secret, read from the API server, since a mounted file
/// would lag behind by minutes. Where it cannot be read or used, what it was before.
final class ServingSecret implements TlsSource {

  private static final Logger log = LoggerFactory.getLogger(ServingSecret.class);

  private final CertificatesInForce inForce;
  private final List<String> names;
  private Optional<TlsIdentity> last = Optional.empty();
  private String told = "";

  /// @param names by which callers call this server
  ServingSecret(CertificatesInForce inForce, List<String> names) {
    this.inForce = inForce;
    this.names = List.copyOf(names);
  }

  @Override
  public Optional<TlsIdentity> current() {
    try {
      last = inForce.serving().map(this::usable).or(() -> last);
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

  private TlsIdentity usable(Map<String, String> data) {
    ServingCertificate serving =
        ServingCertificate.read(data.getOrDefault("tls.crt", ""), data.getOrDefault("tls.key", ""));
    serving.requireNames(names);
    return new TlsIdentity(serving.certificatesPem(), serving.keyPem());
  }
}
