package dev.muster.auditor.pki;

import dev.muster.certs.SiteAuthority;
import dev.muster.certs.SiteAuthority.KeyForm;
import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.ObjectName;
import dev.muster.config.Configuration;
import dev.muster.config.ConfigurationReader;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Instant;
import java.util.Map;

/// A Secret that somebody else keeps.
final class OwnSecret {

  static final ObjectName NAME = ObjectName.in("muster", "own");

  private final FakeCluster cluster;

  OwnSecret(FakeCluster cluster, Map<String, String> data) {
    this.cluster = cluster;
    cluster.namespace("muster");
    cluster.create(
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(NAME.namespace())
            .withName(NAME.name())
            .endMetadata()
            .withType("kubernetes.io/tls")
            .withData(SecretData.encoded(data))
            .build());
  }

  static Configuration configuration(String mode) {
    return ConfigurationReader.read(
        "muster.yaml", "certificates: { mode: " + mode + ", secret: own }");
  }

  /// For both servers.
  static Map<String, String> data(SiteAuthority site, Instant now) {
    return site.secret(
        KeyForm.EC_SEC1, now, "muster-webhook.muster.svc", "muster-auditor.muster.svc");
  }

  void set(String key, String value) {
    cluster.edit(Secret.class, NAME, found -> found.getData().put(key, SecretData.encoded(value)));
  }
}
