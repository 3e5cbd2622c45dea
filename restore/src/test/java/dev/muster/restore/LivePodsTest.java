package dev.muster.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.FakeCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LivePodsTest {
  private static final StatefulSet SET =
      new StatefulSetBuilder()
          .withNewMetadata()
          .withNamespace("shop")
          .withName("db")
          .withUid("u-db")
          .endMetadata()
          .build();
  private static final Deployment DEPLOYMENT =
      new DeploymentBuilder()
          .withNewMetadata()
          .withNamespace("shop")
          .withName("db")
          .withUid("u-db")
          .endMetadata()
          .build();

  private final FakeCluster cluster = new FakeCluster(InstantSource.fixed(StoredPoint.SLOT));

  @BeforeEach
  void namespace() {
    cluster.namespace("shop");
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aSelectorOfExpressionsAloneFindsNoOtherDatabase() {
    pod("another-0", Map.of("app", "another"), "StatefulSet", "another", "u-db");
    pod("db-0", Map.of("app", "db"), "StatefulSet", "db", "u-db");
    LabelSelector selector =
        new LabelSelectorBuilder()
            .addToMatchExpressions(new LabelSelectorRequirement("app", "In", List.of("db", "base")))
            .build();

    assertThat(names(SET, selector)).containsExactly("db-0");
  }

  @Test
  void aPodOfAnotherControllerIsNotTheWorkloadsThoughItsLabelsAre() {
    pod("another-0", Map.of("app", "db"), "StatefulSet", "another", "u-another");
    pod("db-0", Map.of("app", "db"), "StatefulSet", "db", "u-db");

    assertThat(names(SET, labels("app", "db"))).containsExactly("db-0");
  }

  @Test
  void aDeploymentKnowsItsPodsByTheNameOfTheirReplicaSet() {
    Map<String, String> labels = Map.of("app", "db", "pod-template-hash", "7c9");
    pod("db-7c9-x", labels, "ReplicaSet", "db-7c9", "u-1");
    pod("db-copy-7c9-x", labels, "ReplicaSet", "db-copy-7c9", "u-2");
    pod("db-0", labels, "StatefulSet", "db", "u-3");

    assertThat(names(DEPLOYMENT, labels("app", "db"))).containsExactly("db-7c9-x");
  }

  @Test
  void aPodWithoutControllerIsJudgedByItsLabels() {
    cluster.create(
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("db-0")
            .addToLabels("app", "db")
            .endMetadata()
            .build());

    assertThat(names(SET, labels("app", "db"))).containsExactly("db-0");
  }

  @Test
  void anEmptySelectorIsRefused() {
    pod("db-0", Map.of("app", "db"), "StatefulSet", "db", "u-db");

    assertThatThrownBy(() -> names(SET, new LabelSelector()))
        .isInstanceOf(UnfitException.class)
        .hasMessageContaining("StatefulSet shop/db has an empty selector");
  }

  private List<String> names(HasMetadata workload, LabelSelector selector) {
    return LivePods.of(cluster, workload, selector).stream()
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }

  private static LabelSelector labels(String key, String value) {
    return new LabelSelectorBuilder().addToMatchLabels(key, value).build();
  }

  private void pod(String name, Map<String, String> labels, String kind, String owner, String uid) {
    cluster.create(
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName(name)
            .withLabels(labels)
            .withOwnerReferences(
                new OwnerReferenceBuilder()
                    .withKind(kind)
                    .withName(owner)
                    .withUid(uid)
                    .withController(true)
                    .build())
            .endMetadata()
            .build());
  }
}
