package dev.muster.auditor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.ClusterException;
import dev.muster.cluster.ObjectName;
import dev.muster.cluster.Query;
import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A policy of ours that outlives the one it was made for would cut a database off from its
/// clients.
class RunNetworkTest {

  private static final String THEIRS = "default-deny";

  private final Stage stage = new Stage();
  private final Kubelet kubelet = new Kubelet(stage.cluster);
  private final Leader leader = stage.leader();

  @BeforeEach
  void isolate() {
    stage.cluster.create(
        new NetworkPolicyBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName(THEIRS)
            .endMetadata()
            .withNewSpec()
            .withNewPodSelector()
            .endPodSelector()
            .withPolicyTypes("Ingress", "Egress")
            .endSpec()
            .build());
  }

  @Test
  void policiesStandDuringTheAttemptAndAreGoneOnceItIsSealed() {
    leader.untilJobOrEnd();
    List<String> during = policies();

    RunRecord run = sealed();

    assertThat(run.seal()).isPresent();
    assertThat(during).containsExactlyInAnyOrder(THEIRS, name("muster-db-"), name("muster-run-"));
    assertThat(policies()).containsExactly(THEIRS);
  }

  @Test
  @Covers("F38")
  void policiesAreGoneOnceTheAttemptHasFailed() {
    leader.untilJobOrEnd();
    Entry.Attempt attempt = leader.attempt();
    Pod pod = kubelet.start(attempt);
    stage.clock.pass(Duration.ofSeconds(31));
    kubelet.endOnly(pod, "dump-db-main", 1, "Error");

    var unused = leader.step();

    assertThat(stage.journal().attemptEnded(stage.workloadKey(), runId(), attempt.attempt()))
        .isTrue();
    assertThat(policies()).containsExactly(THEIRS);
  }

  @Test
  @Covers("F28")
  void attemptThatIsRefusedHalfwayLeavesNoPolicy() {
    stage.cluster.admission(object -> {
      if (object.getMetadata().getName().startsWith("muster-db-")) {
        throw new ClusterException.Rejected(
            ClusterException.Rejected.Reason.ADMISSION, "no such policies here");
      }
    });

    RunRecord run = leader.untilEnd();

    assertThat(run.failure().orElseThrow().why()).isEqualTo(FailureReason.ADMISSION);
    assertThat(stage.cluster.calls())
        .anyMatch(call -> call.verb().equals("create") && call.name().equals(at("muster-run-")));
    assertThat(policies()).containsExactly(THEIRS);
  }

  @Test
  void policiesOfAnotherRunOfTheWorkloadStay() {
    stage.cluster.create(ofRun("anotherrun7anotherrun7anot"));

    leader.untilJobOrEnd();
    sealed();

    assertThat(policies()).containsExactlyInAnyOrder(THEIRS, "muster-db-anotherrun7anoth");
  }

  @Test
  void policiesThatWereAppliedByHandStay() {
    NetworkPolicy proposed =
        new RunNetwork("muster", 443).proposal("shop", stage.workloadKey(), null, 5432).getLast();
    stage.cluster.create(proposed);

    leader.untilJobOrEnd();
    sealed();
    int swept = sweep();

    assertThat(swept).isZero();
    assertThat(policies()).containsExactlyInAnyOrder(THEIRS, proposed.getMetadata().getName());
  }

  @Test
  void whatCannotBeDeletedSealsAllTheSameAndIsLeftToTheSweep() {
    leader.untilJobOrEnd();
    stage.cluster.gate(call -> {
      if (call.verb().equals("delete") && call.kind() == NetworkPolicy.class) {
        throw new ClusterException.Forbidden("delete " + call.name() + ": no such right");
      }
    });

    RunRecord run = sealed();
    List<String> left = policies();
    int sweptInVain = sweep();
    stage.cluster.gate(call -> {});
    int swept = sweep();

    assertThat(run.seal()).isPresent();
    assertThat(left).hasSize(3);
    assertThat(sweptInVain).isZero();
    assertThat(swept).isEqualTo(2);
    assertThat(policies()).containsExactly(THEIRS);
  }

  @Test
  void sweepLeavesThoseOfAnOpenRun() {
    leader.untilJobOrEnd();

    int swept = sweep();

    assertThat(swept).isZero();
    assertThat(policies()).hasSize(3);
  }

  @Test
  void sweepDeletesThoseOfARunThatNobodyGoesOnWith() {
    stage.cluster.create(ofRun("forgotten7forgotten7forgot"));
    stage.clock.pass(Duration.ofHours(25));

    int swept = sweep();

    assertThat(swept).isEqualTo(1);
    assertThat(policies()).containsExactly(THEIRS);
  }

  private RunRecord sealed() {
    Pod pod = kubelet.start(leader.attempt());
    new FakeMover(stage, pod, leader.attempt()).work();
    kubelet.end(pod, Map.of());
    return leader.untilEnd();
  }

  private int sweep() {
    return new PolicySweep(stage.cluster, stage.journal())
        .sweep(stage.clock.instant().minus(Duration.ofHours(24)));
  }

  private NetworkPolicy ofRun(String runId) {
    return new NetworkPolicyBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("muster-db-" + runId.substring(0, 16))
        .addToLabels(RunPod.ROLE, RunPod.BACKUP)
        .addToLabels(RunPod.WORKLOAD, stage.workloadKey())
        .addToLabels(RunPod.RUN_ID, runId)
        .endMetadata()
        .withNewSpec()
        .withNewPodSelector()
        .endPodSelector()
        .endSpec()
        .build();
  }

  private String runId() {
    return stage.runId.value();
  }

  private String name(String prefix) {
    return prefix + runId().substring(0, 16);
  }

  private ObjectName at(String prefix) {
    return ObjectName.in("shop", name(prefix));
  }

  private List<String> policies() {
    return stage.cluster.list(NetworkPolicy.class, Query.in("shop")).stream()
        .map(policy -> policy.getMetadata().getName())
        .toList();
  }
}
