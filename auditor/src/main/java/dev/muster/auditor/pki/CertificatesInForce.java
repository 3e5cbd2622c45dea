package dev.muster.auditor.pki;

import dev.muster.certs.CertificateTrouble;
import dev.muster.certs.TrustBundle;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ObjectName;
import dev.muster.config.Configuration;
import dev.muster.config.Configuration.CertificateMode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What the servers show and their callers trust, as the cluster keeps it now, whoever keeps it.
/// For every replica; each call asks the API server.
public final class CertificatesInForce {

  static final String TRUST = "ca.crt";

  private final Cluster cluster;
  private final String namespace;
  private final Configuration.Certificates certificates;

  public CertificatesInForce(Cluster cluster, Configuration configuration) {
    this.cluster = cluster;
    this.namespace = configuration.namespace();
    this.certificates = configuration.certificates();
  }

  /// Where it is, for messages.
  public String kept() {
    return certificates.kept(namespace);
  }

  /// `tls.crt` and `tls.key`. Empty before somebody wrote them.
  public Optional<Map<String, String>> serving() {
    return secret()
        .map(SecretData::of)
        .filter(data -> data.containsKey("tls.crt") && data.containsKey("tls.key"));
  }

  /// The CA certificates, without what else stands in their file. Empty before somebody wrote them.
  ///
  /// @throws CertificateTrouble where there is text and no certificate in it
  public Optional<String> trust() {
    Optional<String> kept =
        certificates.mode() == CertificateMode.SELF_MANAGED
            ? published()
            : secret().map(SecretData::of).map(data -> data.get(TRUST));
    return kept.map(pem -> TrustBundle.read(pem).pem());
  }

  /// The object that holds the leaf.
  Optional<Secret> secret() {
    return cluster.find(Secret.class, secretName());
  }

  ObjectName secretName() {
    return ObjectName.in(namespace, certificates.secret());
  }

  /// All of it, by the keys that a Secret of others has.
  Map<String, String> data(Secret secret) {
    Map<String, String> data = SecretData.of(secret);
    if (certificates.mode() != CertificateMode.SELF_MANAGED) {
      return data;
    }
    Map<String, String> all = new HashMap<>(data);
    published().ifPresent(pem -> all.put(TRUST, pem));
    return all;
  }

  private Optional<String> published() {
    return cluster
        .find(ConfigMap.class, ObjectName.in(namespace, ClusterCertificates.TRUST_MAP))
        .map(map -> Objects.requireNonNullElse(map.getData(), Map.<String, String>of()))
        .map(data -> data.get(TRUST));
  }
}
