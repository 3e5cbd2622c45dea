package dev.muster.auditor.run;

import dev.muster.auditor.contract.Workload;
import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.ObjectName;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.List;
import java.util.Map;

/// A PostgreSQL StatefulSet `shop/db` with one ready Pod.
public final class Database {

  public static final ObjectName SET = ObjectName.in("shop", "db");
  public static final ObjectName POD = ObjectName.in("shop", "db-0");

  private Database() {}

  /// With its data on the claim of its template.
  public static void mounted(FakeCluster cluster) {
    in(cluster);
    cluster.edit(
        StatefulSet.class,
        SET,
        set ->
            set.getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .setVolumeMounts(
                    List.of(
                        new VolumeMountBuilder()
                            .withName("data")
                            .withMountPath("/var/lib/postgresql/data")
                            .build())));
  }

  public static Workload in(FakeCluster cluster) {
    cluster.namespace("shop");
    cluster.namespace("muster");
    StatefulSet set = cluster.create(set());
    pod(cluster);
    return Workload.of(set).orElseThrow();
  }

  public static Pod pod(FakeCluster cluster) {
    return cluster.create(
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("db-0")
            .addToLabels("app", "db")
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("postgres")
            .withImage("postgres:15")
            .addNewEnv()
            .withName("POSTGRES_PASSWORD")
            .withNewValueFrom()
            .withNewSecretKeyRef("password", "db", false)
            .endValueFrom()
            .endEnv()
            .addNewVolumeMount()
            .withName("data")
            .withMountPath("/var/lib/postgresql/data")
            .endVolumeMount()
            .endContainer()
            .endSpec()
            .withNewStatus()
            .withPhase("Running")
            .withPodIP("10.0.0.7")
            .addNewCondition()
            .withType("Ready")
            .withStatus("True")
            .endCondition()
            .addNewContainerStatus()
            .withName("postgres")
            .withImageID("postgres@sha256:" + "ab".repeat(32))
            .endContainerStatus()
            .endStatus()
            .build());
  }

  private static StatefulSet set() {
    return new StatefulSetBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("db")
        .withAnnotations(Map.of("muster.dev/protect", "true"))
        .endMetadata()
        .withNewSpec()
        .withReplicas(1)
        .withNewSelector()
        .addToMatchLabels("app", "db")
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels("app", "db")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("postgres")
        .withImage("postgres:15")
        .endContainer()
        .endSpec()
        .endTemplate()
        .addNewVolumeClaimTemplate()
        .withNewMetadata()
        .withName("data")
        .endMetadata()
        .endVolumeClaimTemplate()
        .endSpec()
        .build();
  }
}
