package dev.muster.auditor;

import dev.muster.auditor.pki.ClusterCertificates;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.http.TlsIdentity;
import dev.muster.http.TlsSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What this replica shows: the serving Secret as the leader keeps it, read from the API server,
/// since a mounted file would lag behind by minutes.
final class ServingSecret implements TlsSource {

  private static final Logger log = LoggerFactory.getLogger(ServingSecret.class);

  private final Cluster cluster;
  private final String namespace;
  private Optional<TlsIdentity> last = Optional.empty();

  ServingSecret(Cluster cluster, String namespace) {
    this.cluster = cluster;
    this.namespace = namespace;
  }

  @Override
  public Optional<TlsIdentity> current() {
    try {
      Optional<TlsIdentity> found =
          ClusterCertificates.serving(cluster, namespace)
              .map(data ->
                  new TlsIdentity(
                      data.getOrDefault("tls.crt", ""), data.getOrDefault("tls.key", "")));
      last = found.or(() -> last);
    } catch (ClusterException e) {
      log.warn("the serving certificate was not read: {}", e.getMessage());
    }
    return last;
  }
}
