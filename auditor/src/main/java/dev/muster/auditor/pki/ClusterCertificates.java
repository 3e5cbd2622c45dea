package dev.muster.auditor.pki;

import dev.muster.certs.CertificateState;
import dev.muster.certs.Rotation;
import dev.muster.certs.RotationStep;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ObjectName;
import dev.muster.cluster.Owner;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the CA Secret, the serving Secret, the trust ConfigMap and the webhooks' caBundle as
/// rotation wants them. The leader's work; every step can be repeated.
final class ClusterCertificates implements CertificateKeeper {

  private static final Logger log = LoggerFactory.getLogger(ClusterCertificates.class);
  static final String TRUST_MAP = "muster-trust";

  private final Cluster cluster;
  private final String namespace;
  private final List<String> names;
  private final InstantSource clock;
  private final Bundles bundles;

  /// @param names what callers call the servers: DNS names and addresses
  ClusterCertificates(
      Cluster cluster, String namespace, Collection<String> names, InstantSource clock) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.names = List.copyOf(names);
    this.clock = clock;
    this.bundles = new Bundles(cluster);
  }

  /// Decides and writes. Throws where the cluster does not answer, where another writes at the same
  /// time, or where what is kept cannot be read: nothing unreadable is ever replaced.
  @Override
  public void maintain() {
    RotationStep step = Rotation.decide(kept(), names, clock.instant());
    CertificateState state = step.state();
    switch (step) {
      case RotationStep.Keep keep -> {
        trust(state.trust().pem());
      }
      case RotationStep.Renew renew -> {
        log.info("certificates change: {}", String.join("; ", renew.reasons()));
        // The CA first, or a crash would leave servers with a key that nobody can extend.
        write("muster-ca", "Opaque", state.authorityData());
        trust(state.trust().pem());
        write("muster-serving", "kubernetes.io/tls", state.servingData());
      }
    }
  }

  private Optional<CertificateState> kept() {
    return CertificateState.read(secret("muster-ca"), secret("muster-serving"));
  }

  private Map<String, String> secret(String name) {
    return cluster
        .find(Secret.class, ObjectName.in(namespace, name))
        .map(SecretData::of)
        .orElse(Map.of());
  }

  private void trust(String pem) {
    ObjectName name = ObjectName.in(namespace, TRUST_MAP);
    Optional<ConfigMap> found = cluster.find(ConfigMap.class, name);
    if (found.isEmpty()) {
      cluster.create(
          new ConfigMapBuilder()
              .withNewMetadata()
              .withNamespace(namespace)
              .withName(name.name())
              .withOwnerReferences(installation())
              .endMetadata()
              .withData(Map.of(CertificatesInForce.TRUST, pem))
              .build());
    } else if (!Map.of(CertificatesInForce.TRUST, pem).equals(found.get().getData())) {
      found.get().setData(Map.of(CertificatesInForce.TRUST, pem));
      cluster.replace(found.get());
    }
    bundles.keep(pem);
  }

  private List<OwnerReference> installation() {
    return Owner.find(cluster, Deployment.class, ObjectName.in(namespace, "muster-auditor"));
  }

  private void write(String name, String type, Map<String, String> data) {
    Map<String, String> encoded = SecretData.encoded(data);
    Optional<Secret> found = cluster.find(Secret.class, ObjectName.in(namespace, name));
    if (found.isPresent()) {
      found.get().setData(encoded);
      cluster.replace(found.get());
      return;
    }
    cluster.create(
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(name)
            .withOwnerReferences(installation())
            .endMetadata()
            .withType(type)
            .withData(encoded)
            .build());
  }
}
