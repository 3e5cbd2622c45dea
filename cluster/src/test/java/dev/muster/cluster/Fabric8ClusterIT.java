package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.ClusterException.Rejected.Reason;
import dev.muster.testkit.Covers;
import dev.muster.testkit.LightBed;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class Fabric8ClusterIT extends ClusterContract {

  private static final Cluster CLUSTER = Connection.from(LightBed.shared().kubeconfig()).open();

  @Override
  protected Cluster cluster() {
    return CLUSTER;
  }

  @AfterAll
  static void close() {
    CLUSTER.close();
  }

  @Test
  void versionIsTheServers() {
    assertThat(CLUSTER.version()).startsWith("v1.");
  }

  @Test
  @Covers("F28")
  void podAgainstTheSecurityLevelIsRejectedAsSuch() {
    String namespace = namespace(Map.of("pod-security.kubernetes.io/enforce", "restricted"));

    assertThatThrownBy(() -> CLUSTER.create(pod(namespace)))
        .isInstanceOfSatisfying(
            ClusterException.Rejected.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.POD_SECURITY))
        .hasMessageContaining(namespace + "/one");
  }

  @Test
  @Covers("F28")
  void podBeyondTheQuotaIsRejectedAsSuch() {
    String namespace = namespace(Map.of());
    CLUSTER.create(
        new ResourceQuotaBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName("none")
            .endMetadata()
            .withNewSpec()
            .withHard(Map.of("pods", new Quantity("0")))
            .endSpec()
            .build());
    // Nobody else does: the quota controller is not part of the light bed.
    LightBed.shared()
        .kubectl(
            "patch",
            "resourcequota",
            "none",
            "-n",
            namespace,
            "--subresource=status",
            "--type=merge",
            "-p",
            "{\"status\":{\"hard\":{\"pods\":\"0\"},\"used\":{\"pods\":\"0\"}}}");

    assertThatThrownBy(() -> CLUSTER.create(pod(namespace)))
        .isInstanceOfSatisfying(
            ClusterException.Rejected.class, e -> assertThat(e.reason()).isEqualTo(Reason.QUOTA));
  }

  @Test
  void invalidObjectIsRejectedAsSuch() {
    Pod invalid = pod(namespace(Map.of()));
    invalid.getSpec().getContainers().getFirst().setName("NOT A NAME");

    assertThatThrownBy(() -> CLUSTER.create(invalid))
        .isInstanceOfSatisfying(
            ClusterException.Rejected.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID));
  }

  private static String namespace(Map<String, String> labels) {
    String name = "it-" + UUID.randomUUID().toString().substring(0, 8);
    CLUSTER.create(
        new NamespaceBuilder()
            .withNewMetadata()
            .withName(name)
            .withLabels(labels)
            .endMetadata()
            .build());
    CLUSTER.create(
        new ServiceAccountBuilder()
            .withNewMetadata()
            .withNamespace(name)
            .withName("default")
            .endMetadata()
            .build());
    return name;
  }

  private static Pod pod(String namespace) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName("one")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("c")
        .withImage("none")
        .endContainer()
        .endSpec()
        .build();
  }
}
