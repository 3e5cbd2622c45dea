package dev.muster.auditor.pki;

import dev.muster.cluster.Cluster;
import dev.muster.config.Configuration;
import java.time.InstantSource;
import java.util.List;

/// What the leader does about the servers' certificates, again and again.
@FunctionalInterface
public interface CertificateKeeper {

  /// Repeatable. Throws where the cluster does not answer, where another writes at the same time,
  /// or where what is kept cannot be read.
  void maintain();

  static CertificateKeeper of(Cluster cluster, Configuration configuration, InstantSource clock) {
    return switch (configuration.certificates().mode()) {
      case SELF_MANAGED ->
          new ClusterCertificates(
              cluster, configuration.namespace(), names(configuration.namespace()), clock);
      case SECRET ->
          new GivenAuthority(new CertificatesInForce(cluster, configuration), new Bundles(cluster));
      case CERT_MANAGER -> () -> {};
    };
  }

  private static List<String> names(String namespace) {
    return List.of(
        "muster-webhook." + namespace + ".svc",
        "muster-webhook." + namespace + ".svc.cluster.local",
        "muster-auditor." + namespace + ".svc",
        "muster-auditor." + namespace + ".svc.cluster.local",
        "localhost");
  }
}
