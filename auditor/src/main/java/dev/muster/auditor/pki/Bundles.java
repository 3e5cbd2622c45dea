package dev.muster.auditor.pki;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ObjectName;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The caBundle of Muster's own two webhook configurations. Writes only what differs, so that it
/// never fights with somebody who writes the same.
final class Bundles {

  private static final Logger log = LoggerFactory.getLogger(Bundles.class);
  private static final ObjectName NAME = ObjectName.global("muster");

  private final Cluster cluster;

  Bundles(Cluster cluster) {
    this.cluster = cluster;
  }

  void keep(String pem) {
    String wanted = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    cluster
        .find(MutatingWebhookConfiguration.class, NAME)
        .filter(found -> set(found.getWebhooks().stream().map(w -> w.getClientConfig()), wanted))
        .ifPresent(found -> {
          cluster.replace(found);
          log.info("caBundle of MutatingWebhookConfiguration muster put right");
        });
    cluster
        .find(ValidatingWebhookConfiguration.class, NAME)
        .filter(found -> set(found.getWebhooks().stream().map(w -> w.getClientConfig()), wanted))
        .ifPresent(found -> {
          cluster.replace(found);
          log.info("caBundle of ValidatingWebhookConfiguration muster put right");
        });
  }

  /// Whether anything was set.
  private static boolean set(Stream<WebhookClientConfig> configs, String wanted) {
    List<WebhookClientConfig> wrong =
        configs
            .filter(Objects::nonNull)
            .filter(config -> !wanted.equals(config.getCaBundle()))
            .toList();
    wrong.forEach(config -> config.setCaBundle(wanted));
    return !wrong.isEmpty();
  }
}
