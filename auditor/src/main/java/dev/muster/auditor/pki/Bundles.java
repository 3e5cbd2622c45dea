package dev.muster.auditor.pki;

import dev.muster.certs.CertificateCheck;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ObjectName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    String wanted = SecretData.encoded(pem);
    found()
        .filter(each -> set(each, wanted))
        .forEach(each -> {
          cluster.replace(each.object());
          log.info("caBundle of {} muster put right", each.object().getKind());
        });
  }

  /// Those whose caBundle does not reach down to the leaf in `tls.crt`.
  List<String> without(Map<String, String> data) {
    return found()
        .filter(each -> !each.clients().stream().allMatch(client -> reaches(client, data)))
        .map(each -> each.object().getKind() + " muster")
        .toList();
  }

  private record Found(HasMetadata object, List<WebhookClientConfig> clients) {}

  private Stream<Found> found() {
    return Stream.of(
            cluster
                .find(MutatingWebhookConfiguration.class, NAME)
                .map(found ->
                    new Found(
                        found,
                        clients(
                            found.getWebhooks().stream().map(MutatingWebhook::getClientConfig)))),
            cluster
                .find(ValidatingWebhookConfiguration.class, NAME)
                .map(found ->
                    new Found(
                        found,
                        clients(
                            found.getWebhooks().stream().map(ValidatingWebhook::getClientConfig)))))
        .flatMap(Optional::stream);
  }

  private static List<WebhookClientConfig> clients(Stream<WebhookClientConfig> configs) {
    return configs.filter(Objects::nonNull).toList();
  }

  /// Whether anything was set.
  private static boolean set(Found found, String wanted) {
    List<WebhookClientConfig> wrong =
        found.clients().stream().filter(config -> !wanted.equals(config.getCaBundle())).toList();
    wrong.forEach(config -> config.setCaBundle(wanted));
    return !wrong.isEmpty();
  }

  private static boolean reaches(WebhookClientConfig client, Map<String, String> data) {
    Map<String, String> asked = new HashMap<>(data);
    String bundle = Objects.requireNonNullElse(client.getCaBundle(), "");
    asked.put(
        CertificatesInForce.TRUST,
        new String(Base64.getDecoder().decode(bundle), StandardCharsets.US_ASCII));
    return CertificateCheck.authorityNotAfter(asked).isPresent();
  }
}
