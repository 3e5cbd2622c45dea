package dev.muster.auditor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.ClusterException;
import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Runs that the cluster does not let begin: each for a reason of its own, soon told.
class StoppedRunTest {

  private final Stage stage = new Stage();
  private final Kubelet kubelet = new Kubelet(stage.cluster);
  private final Leader leader = stage.leader();

  @Test
  @Covers("F28")
  void quotaThatStopsThePodIsNamedWithinTwoMinutes() {
    leader.untilJobOrEnd();
    Entry.Attempt attempt = leader.attempt();
    failedCreate(attempt, "pods \"x\" is forbidden: exceeded quota: small, requested: pods=1");

    Duration took = untilFailed(attempt);

    assertThat(stage.failureOf(attempt).why()).isEqualTo(FailureReason.QUOTA);
    assertThat(took).isLessThan(Duration.ofMinutes(2));
  }

  @Test
  @Covers("F28")
  void securityLevelThatStopsThePodIsNamed() {
    leader.untilJobOrEnd();
    Entry.Attempt attempt = leader.attempt();
    failedCreate(attempt, "pods \"x\" is forbidden: violates PodSecurity \"restricted:latest\"");

    untilFailed(attempt);

    assertThat(stage.failureOf(attempt).why()).isEqualTo(FailureReason.POD_SECURITY);
  }

  @Test
  @Covers("F28")
  void imageThatCannotBePulledIsNamedWithinTwoMinutes() {
    Pod pod = begin();
    Entry.Attempt attempt = leader.attempt();
    kubelet.edit(
        pod,
        p ->
            p.getStatus()
                .setInitContainerStatuses(
                    List.of(
                        new ContainerStatusBuilder()
                            .withName("pipes")
                            .withNewState()
                            .withNewWaiting("not found", "ImagePullBackOff")
                            .endState()
                            .build())));

    Duration took = untilFailed(attempt);

    assertThat(stage.failureOf(attempt).why()).isEqualTo(FailureReason.IMAGE);
    assertThat(took).isLessThan(Duration.ofMinutes(2));
  }

  @Test
  @Covers("F28")
  void podThatFitsNowhereIsNamedWithinTwoMinutes() {
    Pod pod = begin();
    Entry.Attempt attempt = leader.attempt();
    kubelet.edit(
        pod,
        p ->
            p.getStatus()
                .setConditions(
                    List.of(
                        new PodConditionBuilder()
                            .withType("PodScheduled")
                            .withStatus("False")
                            .withReason("Unschedulable")
                            .withMessage("0/3 nodes are available")
                            .build())));

    Duration took = untilFailed(attempt);

    assertThat(stage.failureOf(attempt).why()).isEqualTo(FailureReason.UNSCHEDULABLE);
    assertThat(stage.failureOf(attempt).detail()).contains("0/3 nodes");
    assertThat(took).isLessThan(Duration.ofMinutes(2));
  }

  @Test
  void blockedNetworkIsNotTriedAgainAndNamesThePolicyToApply() {
    Pod pod = begin();
    Entry.Attempt attempt = leader.attempt();
    kubelet.edit(
        pod,
        p -> {
          var mover = Kubelet.ended("mover", 3, "Error");
          mover
              .getState()
              .getTerminated()
              .setMessage(
                  "{\"outcome\":\"failed\",\"reason\":\"BlockedNetwork\",\"detail\":\"10.0.0.7:5432\"}");
          p.getStatus()
              .setContainerStatuses(List.of(Kubelet.ended("dump-db-main", 1, "Error"), mover));
        });

    RunRecord run = leader.untilEnd();

    Entry.Failure failure = run.failure().orElseThrow();
    assertThat(failure.why()).isEqualTo(FailureReason.NETWORK);
    assertThat(failure.detail()).contains("10.0.0.7:5432").contains("kind: \"NetworkPolicy\"");
    assertThat(run.last().orElseThrow().id()).isEqualTo(attempt.attempt());
  }

  @Test
  void jobThatIsRefusedByAdmissionEndsTheRunWithThatReason() {
    stage.cluster.admission(object -> {
      if (object instanceof Job) {
        throw new ClusterException.Rejected(
            ClusterException.Rejected.Reason.ADMISSION, "policy muster-jobs says no");
      }
    });

    RunRecord run = leader.untilEnd();

    assertThat(run.failure().orElseThrow().why()).isEqualTo(FailureReason.ADMISSION);
    assertThat(run.failure().orElseThrow().detail()).contains("muster-jobs");
  }

  private Pod begin() {
    leader.untilJobOrEnd();
    return kubelet.start(leader.attempt());
  }

  private Duration untilFailed(Entry.Attempt attempt) {
    var began = stage.clock.instant();
    for (int i = 0; i < 60; i++) {
      if (stage
          .journal()
          .attemptEnded(stage.workloadKey(), stage.runId.value(), attempt.attempt())) {
        return Duration.between(began, stage.clock.instant());
      }
      if (leader.step() instanceof BackupRun.Step.Later(var atMost)) {
        stage.clock.pass(atMost);
      }
    }
    throw new AssertionError("the attempt does not fail");
  }

  private void failedCreate(Entry.Attempt attempt, String message) {
    Job job = Kubelet.job(stage.cluster, attempt).orElseThrow();
    stage.cluster.create(
        new EventBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("failed-create")
            .endMetadata()
            .withNewInvolvedObject()
            .withKind("Job")
            .withUid(job.getMetadata().getUid())
            .endInvolvedObject()
            .withReason("FailedCreate")
            .withMessage(message)
            .build());
  }
}
