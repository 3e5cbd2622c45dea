package dev.muster.auditor.pki;

import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.ObjectName;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The two webhook configurations of the chart, as far as their caBundle goes.
final class Webhooks {

  private static final ObjectName NAME = ObjectName.global("muster");

  private final FakeCluster cluster;

  Webhooks(FakeCluster cluster) {
    this.cluster = cluster;
    cluster.create(
        new MutatingWebhookConfigurationBuilder()
            .withNewMetadata()
            .withName("muster")
            .endMetadata()
            .withWebhooks(
                Stream.of("warn", "enforce")
                    .map(level ->
                        new MutatingWebhookBuilder()
                            .withName(level + ".muster.dev")
                            .withNewClientConfig()
                            .endClientConfig()
                            .build())
                    .toList())
            .build());
    cluster.create(
        new ValidatingWebhookConfigurationBuilder()
            .withNewMetadata()
            .withName("muster")
            .endMetadata()
            .withWebhooks(
                new ValidatingWebhookBuilder()
                    .withName("enforce.muster.dev")
                    .withNewClientConfig()
                    .endClientConfig()
                    .build())
            .build());
  }

  /// Of all three entries, as PEM; empty text where there is none.
  List<String> bundles() {
    List<String> all = new ArrayList<>();
    cluster
        .get(MutatingWebhookConfiguration.class, NAME)
        .getWebhooks()
        .forEach(each -> all.add(plain(each.getClientConfig().getCaBundle())));
    cluster
        .get(ValidatingWebhookConfiguration.class, NAME)
        .getWebhooks()
        .forEach(each -> all.add(plain(each.getClientConfig().getCaBundle())));
    return all;
  }

  /// As GitOps or cainjector do it, in one entry.
  void write(String pem) {
    cluster.edit(
        MutatingWebhookConfiguration.class,
        NAME,
        found ->
            found.getWebhooks().getFirst().getClientConfig().setCaBundle(SecretData.encoded(pem)));
  }

  /// In all entries.
  void inject(String pem) {
    new Bundles(cluster).keep(pem);
  }

  long writes() {
    return cluster.calls().stream()
        .filter(call -> call.verb().equals("update") && call.name().equals(NAME))
        .count();
  }

  private static String plain(String encoded) {
    return encoded == null
        ? ""
        : new String(
            java.util.Base64.getDecoder().decode(encoded),
            java.nio.charset.StandardCharsets.US_ASCII);
  }
}
