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
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the CA Secret, the serving Secret, the trust ConfigMap and the webhooks' caBundle as
/// rotation wants them. The leader's work; every step can be repeated.
public final class ClusterCertificates {

  private static final Logger log = LoggerFactory.getLogger(ClusterCertificates.class);
  private static final String TRUST = "ca.crt";

  private final Cluster cluster;
  private final String namespace;
  private final List<String> names;
  private final InstantSource clock;
  private final Bundles bundles;

  /// @param names what callers call the servers: DNS names and addresses
  public ClusterCertificates(
      Cluster cluster, String namespace, Collection<String> names, InstantSource clock) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.names = List.copyOf(names);
    this.clock = clock;
    this.bundles = new Bundles(cluster);
  }

  /// Decides and writes. Throws where the cluster does not answer, where another writes at the same
  /// time, or where what is kept cannot be read: nothing unreadable is ever replaced.
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

  /// What a server shows, as written by whoever leads. Empty before the first leader wrote it.
  public static Optional<Map<String, String>> serving(Cluster cluster, String namespace) {
    return secret(cluster, ObjectName.in(namespace, "muster-serving"))
        .filter(data -> data.containsKey("tls.crt") && data.containsKey("tls.key"));
  }

  /// The trust bundle as written by whoever leads.
  public static Optional<String> trust(Cluster cluster, String namespace) {
    return cluster
        .find(ConfigMap.class, ObjectName.in(namespace, "muster-trust"))
        .map(map -> Objects.requireNonNullElse(map.getData(), Map.<String, String>of()))
        .map(data -> data.get(TRUST));
  }

  private Optional<CertificateState> kept() {
    Map<String, String> authority =
        secret(cluster, ObjectName.in(namespace, "muster-ca")).orElse(Map.of());
    Map<String, String> serving =
        secret(cluster, ObjectName.in(namespace, "muster-serving")).orElse(Map.of());
    return CertificateState.read(authority, serving);
  }

  private void trust(String pem) {
    ObjectName name = ObjectName.in(namespace, "muster-trust");
    Optional<ConfigMap> found = cluster.find(ConfigMap.class, name);
    if (found.isEmpty()) {
      cluster.create(
          new ConfigMapBuilder()
              .withNewMetadata()
              .withNamespace(namespace)
              .withName(name.name())
              .withOwnerReferences(installation())
              .endMetadata()
              .withData(Map.of(TRUST, pem))
              .build());
    } else if (!Map.of(TRUST, pem).equals(found.get().getData())) {
      found.get().setData(Map.of(TRUST, pem));
      cluster.replace(found.get());
    }
    bundles.keep(pem);
  }

  private List<OwnerReference> installation() {
    return Owner.find(cluster, Deployment.class, ObjectName.in(namespace, "muster-auditor"));
  }

  private void write(String name, String type, Map<String, String> data) {
    Map<String, String> encoded = new HashMap<>();
    data.forEach((key, value) ->
        encoded.put(
            key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.US_ASCII))));
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

  private static Optional<Map<String, String>> secret(Cluster cluster, ObjectName name) {
    return cluster
        .find(Secret.class, name)
        .map(secret -> {
          Map<String, String> plain = new HashMap<>();
          Objects.requireNonNullElse(secret.getData(), Map.<String, String>of())
              .forEach((key, value) ->
                  plain.put(
                      key,
                      new String(Base64.getDecoder().decode(value), StandardCharsets.US_ASCII)));
          return plain;
        });
  }
}
