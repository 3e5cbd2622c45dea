package dev.muster.auditor.pki;

import dev.muster.certs.ServerNames;
import dev.muster.cluster.Cluster;
import dev.muster.config.Configuration;
import java.time.InstantSource;

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
              cluster,
              configuration.namespace(),
              new ServerNames(configuration.namespace()).issued(),
              clock);
      case SECRET ->
          new GivenAuthority(new CertificatesInForce(cluster, configuration), new Bundles(cluster));
      case CERT_MANAGER -> () -> {};
    };
  }
}
