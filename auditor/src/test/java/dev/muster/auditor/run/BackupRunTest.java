package dev.muster.auditor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.ClusterException;
import dev.muster.cluster.Deletion;
import dev.muster.cluster.ObjectName;
import dev.muster.cluster.Query;
import dev.muster.repository.BackupStore;
import dev.muster.repository.StoreException;
import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupRunTest {

  private final Stage stage = new Stage();
  private final Kubelet kubelet = new Kubelet(stage.cluster);
  private final Leader leader = stage.leader();

  @Test
  void runWhoseContainersAllEndWithZeroIsSealed() {
    Pod pod = begin();
    new FakeMover(stage, pod, leader.attempt()).work();
    kubelet.end(pod, Map.of());

    RunRecord run = leader.untilEnd();

    assertThat(run.seal()).isPresent();
    assertThat(manifests()).hasSize(1);
    assertThat(events()).contains("BackupRunning", "BackupSealed");
    assertThat(stage.cluster.list(RoleBinding.class, Query.in("shop"))).hasSize(1);
  }

  @Test
  @Covers("F19")
  void lostAnswerToTheJobsCreationDoesNotEndIt() {
    stage.cluster.admission(object -> {
      if (object instanceof Job) {
        stage.cluster.admission(other -> {});
        stage.cluster.create(object);
        throw new ClusterException.Conflict("already exists");
      }
    });

    Pod pod = begin();
    new FakeMover(stage, pod, leader.attempt()).work();
    kubelet.end(pod, Map.of());

    assertThat(leader.untilEnd().seal().orElseThrow().attempt()).startsWith("a1-");
  }

  @Test
  @Covers({"F38", "F39"})
  void dumpThatExitsWithSevenAfterFullOutputLeavesNoPoint() {
    Pod pod = begin();
    new FakeMover(stage, pod, leader.attempt()).work();
    kubelet.end(pod, Map.of("dump-db-main", 7));

    Entry.Failure failure = failAllAttempts("dump-db-main", 7, "Error");

    assertThat(failure.why()).isEqualTo(FailureReason.DUMP);
    assertThat(manifests()).isEmpty();
  }

  @Test
  @Covers("F38")
  void failedDumpEndsTheJobAtOnceAndGivesUpItsUploads() {
    Pod pod = begin();
    Entry.Attempt attempt = leader.attempt();
    new FakeMover(stage, pod, attempt).send();
    stage.clock.pass(Duration.ofSeconds(31));
    kubelet.endOnly(pod, "dump-db-main", 1, "Error");

    var unused = leader.step();

    assertThat(Kubelet.job(stage.cluster, attempt)).isEmpty();
    assertThat(stage.store.listUploads("data/")).isEmpty();
  }

  @Test
  @Covers("F27")
  void containerKilledForMemoryIsNamedSo() {
    begin();

    Entry.Failure failure = failAllAttempts("dump-db-main", 137, "OOMKilled");

    assertThat(failure.why()).isEqualTo(FailureReason.OUT_OF_MEMORY);
    assertThat(manifests()).isEmpty();
  }

  @Test
  void containerWhoseEndNobodyKnowsIsAFailure() {
    begin();

    Entry.Failure failure = failAllAttempts("dump-db-main", 0, "ContainerStatusUnknown");

    assertThat(failure.why()).isEqualTo(FailureReason.UNKNOWN_EXIT);
    assertThat(manifests()).isEmpty();
  }

  @Test
  @Covers("F25")
  void evictedPodIsTriedAgainAndTheNextAttemptSeals() {
    Pod first = begin();
    String lost = leader.attempt().attempt();
    kubelet.edit(
        first,
        pod -> {
          pod.getStatus().setPhase("Failed");
          pod.getStatus().setReason("Evicted");
        });

    Pod second = next();
    new FakeMover(stage, second, leader.attempt()).work();
    kubelet.end(second, Map.of());
    RunRecord run = leader.untilEnd();

    assertThat(run.seal().orElseThrow().attempt()).isNotEqualTo(lost).startsWith("a2-");
    assertThat(manifests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"DeadlineExceeded, DEADLINE", "BackoffLimitExceeded, EVICTED"})
  @Covers({"F25", "F40"})
  void podThatIsTakenAwayFailsForWhatTheJobSays(String said, FailureReason reason) {
    Pod pod = begin();
    Entry.Attempt attempt = leader.attempt();
    kubelet.leave(pod);
    kubelet.endOnly(pod, "dump-db-main", 143, "Error");
    var before = leader.step();
    boolean decidedTooEarly = ended(attempt);

    kubelet.failing(attempt, said);
    var after = leader.step();

    assertThat(decidedTooEarly).as(String.valueOf(before)).isFalse();
    assertThat(ended(attempt)).as(String.valueOf(after)).isTrue();
    String run = stage.runId.value();
    assertThat(stage.journal().attemptFailure(stage.workloadKey(), run, attempt.attempt()))
        .hasValueSatisfying(failure -> assertThat(failure.why()).isEqualTo(reason));
  }

  private boolean ended(Entry.Attempt attempt) {
    return stage
        .journal()
        .attemptEnded(stage.workloadKey(), stage.runId.value(), attempt.attempt());
  }

  @Test
  @Covers("F24")
  void secondPodOfOneJobFailsTheAttempt() {
    Pod pod = begin();
    Entry.Attempt attempt = leader.attempt();
    var again = kubelet.start(attempt, "-again");
    kubelet.end(pod, Map.of());
    kubelet.end(again, Map.of());

    var unused = leader.step();

    assertThat(ended(attempt)).isTrue();
    assertThat(manifests()).isEmpty();
  }

  @Test
  @Covers("F30")
  void databasePodReplacedUnderItsNameFailsTheAttempt() {
    Pod pod = begin();
    Entry.Attempt attempt = leader.attempt();
    new FakeMover(stage, pod, attempt).work();
    kubelet.end(pod, Map.of());
    stage.cluster.delete(Pod.class, Database.POD);
    Database.pod(stage.cluster);

    var unused = leader.step();

    assertThat(stage.failureOf(attempt).why()).isEqualTo(FailureReason.TARGET_REPLACED);
    assertThat(manifests()).isEmpty();
  }

  @Test
  @Covers("F29")
  void workloadDeletedMidRunEndsItAsCancelled() {
    Pod pod = begin();
    stage.cluster.delete(Pod.class, dev.muster.cluster.ObjectName.of(pod));
    stage.cluster.delete(
        Job.class, dev.muster.cluster.ObjectName.in("shop", leader.attempt().job()));
    stage.cluster.delete(StatefulSet.class, Database.SET);

    RunRecord run = leader.untilEnd();

    assertThat(run.failure().orElseThrow().why()).isEqualTo(FailureReason.CANCELLED);
  }

  @Test
  @Covers("F29")
  void namespaceDeletedMidRunEndsItAsCancelled() {
    begin();
    stage.cluster.delete(
        io.fabric8.kubernetes.api.model.Namespace.class,
        dev.muster.cluster.ObjectName.global("shop"));

    RunRecord run = leader.untilEnd();

    assertThat(run.failure().orElseThrow().why()).isEqualTo(FailureReason.CANCELLED);
    assertThat(manifests()).isEmpty();
  }

  @Test
  void moverThatEndsWithoutAReportLeavesNoPoint() {
    Pod pod = begin();
    Entry.Attempt attempt = leader.attempt();
    new FakeMover(stage, pod, attempt).send();
    kubelet.end(pod, Map.of());

    var unused = leader.step();

    assertThat(stage.failureOf(attempt).why()).isEqualTo(FailureReason.NO_REPORT);
    assertThat(manifests()).isEmpty();
  }

  @Test
  @Covers("F18")
  void stalledLeaderThatLostItsLeaseChangesNothing() {
    Pod pod = begin();
    new FakeMover(stage, pod, leader.attempt()).work();
    kubelet.end(pod, Map.of());
    leader.leads = false;

    var unused = leader.step();

    assertThat(manifests()).isEmpty();
  }

  @Test
  @Covers({"F18", "F20"})
  void twoLeadersOfOneRunLeaveOneManifest() {
    Pod pod = begin();
    new FakeMover(stage, pod, leader.attempt()).work();
    kubelet.end(pod, Map.of());
    Leader other = stage.leader();

    RunRecord one = leader.untilEnd();
    RunRecord two = other.untilEnd();

    assertThat(manifests()).hasSize(1);
    assertThat(one.seal()).isEqualTo(two.seal());
  }

  /// The store lost nothing, the cluster did: its Jobs and the word of the auditor that sealed.
  @Test
  @Covers({"F19", "F31"})
  void aPointThatStandsIsNoFailureWhoeverDiedAndWhateverWasLost() {
    Pod pod = begin();
    new FakeMover(stage, pod, leader.attempt()).work();
    kubelet.end(pod, Map.of());
    Leader dying = stage.leader(stage.cluster, withoutTheWordSealed());
    assertThatThrownBy(dying::untilEnd).isInstanceOf(StoreException.class);
    stage.cluster.delete(
        Job.class, ObjectName.in("shop", leader.attempt().job()), Deletion.plain());

    RunRecord run = stage.leader().untilEnd();

    assertThat(run.seal().orElseThrow().attempt()).isEqualTo(leader.attempt().attempt());
    assertThat(run.failure()).isEmpty();
    assertThat(manifests()).hasSize(1);
  }

  private BackupStore withoutTheWordSealed() {
    return (BackupStore)
        Proxy.newProxyInstance(
            BackupStore.class.getClassLoader(),
            new Class<?>[] {BackupStore.class},
            (_, method, arguments) -> {
              if (method.getName().equals("putIfAbsent")
                  && arguments[0].toString().endsWith("/sealed.json")) {
                throw new StoreException(StoreException.Kind.UNAVAILABLE, "killed", null);
              }
              return method.invoke(stage.store, arguments);
            });
  }

  @Test
  @Covers("F31")
  void failureSurvivesARestart() {
    begin();
    failAllAttempts("dump-db-main", 1, "Error");

    RunRecord seen = stage.journal().load(stage.workloadKey(), stage.runId.value()).orElseThrow();

    assertThat(seen.failure().orElseThrow().why()).isEqualTo(FailureReason.DUMP);
    assertThat(seen.ended()).isTrue();
  }

  private Pod begin() {
    leader.untilJobOrEnd();
    return kubelet.start(leader.attempt());
  }

  private Pod next() {
    var unused = leader.step();
    stage.clock.pass(Duration.ofMinutes(1));
    leader.untilJobOrEnd();
    return kubelet.start(leader.attempt());
  }

  /// Ends this container badly in each attempt until the run has failed.
  private Entry.Failure failAllAttempts(String container, int code, String reason) {
    for (int i = 0; i < 10; i++) {
      for (Pod pod : stage.cluster.list(Pod.class, Query.in("shop").label(RunPod.ROLE, "backup"))) {
        stage.clock.pass(Duration.ofSeconds(31));
        kubelet.endOnly(pod, container, code, reason);
      }
      if (leader.untilJobOrEnd() instanceof BackupRun.Step.Ended) {
        return stage.journal().failure(stage.workloadKey(), stage.runId.value()).orElseThrow();
      }
      if (stage.cluster.list(Pod.class, Query.in("shop").label(RunPod.ROLE, "backup")).isEmpty()) {
        kubelet.start(leader.attempt());
      } else {
        var unused = leader.step();
      }
    }
    throw new AssertionError("the run does not fail");
  }

  private List<String> manifests() {
    return stage.store.list("points/").stream().map(o -> o.key()).toList();
  }

  private List<String> events() {
    return stage.cluster.list(Event.class, Query.in("shop")).stream()
        .map(Event::getReason)
        .toList();
  }
}
