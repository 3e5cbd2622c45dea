package dev.muster.auditor.heal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.Policies;
import dev.muster.auditor.contract.Contracts;
import dev.muster.auditor.contract.PolicyRecognition;
import dev.muster.auditor.contract.Workload;
import dev.muster.auditor.run.Database;
import dev.muster.cluster.Events;
import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.MetadataPatch;
import dev.muster.cluster.ObjectName;
import dev.muster.cluster.Query;
import dev.muster.model.ContractReader;
import dev.muster.model.Managed;
import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealerTest {

  private final FakeCluster cluster = new FakeCluster(InstantSource.system());
  private Healer healer = healer();

  @BeforeEach
  void databaseThatAdmissionDidNotSee() {
    Database.in(cluster);
    annotate(Map.of());
    cluster.edit(
        Pod.class,
        Database.POD,
        pod ->
            pod.getSpec()
                .setVolumes(
                    List.of(
                        new VolumeBuilder()
                            .withName("data")
                            .withNewPersistentVolumeClaim("data-db-0", false)
                            .build())));
  }

  @Test
  void recognisedWorkloadGetsWhatAdmissionWouldHaveSet() {
    heal();

    assertThat(annotations())
        .containsEntry("muster.dev/engine", "postgresql")
        .containsEntry("muster.dev/method", "dump")
        .containsEntry("muster.dev/plan", "standard")
        .containsKey("muster.dev/managed");
    assertThat(cluster.list(Event.class, Query.in("shop")))
        .extracting(Event::getReason)
        .contains("ContractSet");
  }

  @Test
  @Covers("F8")
  void secondLookChangesNothing() {
    heal();
    long before = patches();

    heal();

    assertThat(patches()).isEqualTo(before);
  }

  @Test
  void whatAdmissionDecidedKeepsItsDecision() {
    heal();
    Managed managed = Managed.of(annotations()).decidedBy("0123456789ab");
    cluster.patchMetadata(
        StatefulSet.class,
        Database.SET,
        MetadataPatch.annotations(Map.of("muster.dev/managed", managed.text())));
    long before = patches();

    heal();

    assertThat(patches()).isEqualTo(before);
  }

  @Test
  void runningPodGetsItsHooksInPlace() {
    heal();

    Pod pod = cluster.get(Pod.class, Database.POD);
    assertThat(pod.getMetadata().getAnnotations()).containsKey("muster.dev/hooks");
    assertThat(pod.getSpec().getContainers().getFirst().getImage()).isEqualTo("postgres:15");
  }

  @Test
  void keyOfAPersonIsNeverOverwritten() {
    annotate(Map.of("muster.dev/plan", "standard", "muster.dev/method", "dump"));

    heal();

    assertThat(annotations())
        .containsEntry("muster.dev/method", "dump")
        .containsEntry("muster.dev/engine", "postgresql");
    assertThat(annotations().get("muster.dev/managed")).doesNotContain("method", "plan");
  }

  @Test
  void optingOutTakesBackWhatMusterSetAndNothingElse() {
    heal();
    Map<String, @Nullable String> optOut = new HashMap<>();
    optOut.put("muster.dev/protect", "false");
    optOut.put("muster.dev/databases", "app");
    cluster.patchMetadata(StatefulSet.class, Database.SET, MetadataPatch.annotations(optOut));

    heal();

    assertThat(annotations())
        .containsEntry("muster.dev/protect", "false")
        .containsEntry("muster.dev/databases", "app")
        .doesNotContainKeys("muster.dev/plan", "muster.dev/engine", "muster.dev/managed");
    Pod pod = cluster.get(Pod.class, Database.POD);
    assertThat(Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of()))
        .doesNotContainKey("muster.dev/hooks");
  }

  @Test
  void optOutOfTheNamespaceCounts() {
    cluster.patchMetadata(
        Namespace.class,
        ObjectName.global("shop"),
        MetadataPatch.annotations(Map.of("muster.dev/protect", "false")));

    heal();

    assertThat(annotations()).doesNotContainKey("muster.dev/plan");
  }

  @Test
  void namespaceThatOnlyReportsIsLeftAlone() {
    cluster.patchMetadata(
        Namespace.class,
        ObjectName.global("shop"),
        MetadataPatch.labels(Map.of("muster.dev/enforce", "audit")));
    long before = patches();

    heal();

    assertThat(patches()).isEqualTo(before);
  }

  private void heal() {
    Workload workload = Workload.of(cluster.get(StatefulSet.class, Database.SET)).orElseThrow();
    healer.consider(
        workload,
        cluster.get(Namespace.class, ObjectName.global("shop")),
        cluster.list(Pod.class, Query.in("shop")));
  }

  private Map<String, String> annotations() {
    return cluster.get(StatefulSet.class, Database.SET).getMetadata().getAnnotations();
  }

  private void annotate(Map<String, String> annotations) {
    cluster.edit(
        StatefulSet.class, Database.SET, set -> set.getMetadata().setAnnotations(annotations));
  }

  private long patches() {
    return cluster.calls().stream().filter(call -> call.verb().equals("patch")).count();
  }

  private Healer healer() {
    PolicyRecognition policy =
        new PolicyRecognition(Policies.ENGINE, Policies.CONFIGURATION, Policies.PROFILES);
    return new Healer(
        cluster,
        new Contracts(
            new ContractReader(Policies.CONFIGURATION.vocabulary(Policies.PROFILES)), policy),
        policy,
        new Events(cluster, InstantSource.system(), "muster-auditor"),
        Policies.CONFIGURATION,
        new Pace(Duration.ZERO),
        changed -> {});
  }
}
