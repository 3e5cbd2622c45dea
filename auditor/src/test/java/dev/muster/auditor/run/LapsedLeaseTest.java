package dev.muster.auditor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.ClusterException;
import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.Leadership;
import dev.muster.cluster.ObjectName;
import dev.muster.cluster.Query;
import dev.muster.repository.BackupStore;
import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// The Lease lapses in the middle of a step: whoever leads next must find one Job at most.
class LapsedLeaseTest {

  private static final Duration LEASE = Duration.ofSeconds(15);

  private final Stage stage = new Stage();
  private final Kubelet kubelet = new Kubelet(stage.cluster);
  private final AtomicLong nanos = new AtomicLong();
  private final Leadership first = leadership("first");
  private final Leadership second = leadership("second");

  @Test
  @Covers("F18")
  void leaseThatLapsesWhileTheAttemptIsWrittenLeavesNoJob() {
    Leader slow = stage.leader(stage.cluster, slowAtBegin()).by(first::held);
    first.attend();

    advanceWhileLed(slow);

    assertThat(slow.attempt().attempt()).startsWith("a1-");
    assertThat(jobs()).isEmpty();
    Leader next = takenOver();
    next.untilJobOrEnd();
    finish(next);
    RunRecord run = next.untilEnd();
    assertThat(stage.failureOf(slow.attempt()).why()).isEqualTo(FailureReason.JOB_LOST);
    assertThat(run.seal().orElseThrow().attempt()).startsWith("a2-");
    assertThat(jobCreations()).isEqualTo(1);
  }

  @Test
  @Covers("F18")
  void jobOfALeaderThatSleptIsTakenBackOnceItsAttemptWasGivenUp() {
    first.attend();
    Leader sleeper = stage.leader().by(first::held);
    stage.cluster.gate(call -> {
      if (call.verb().equals("create") && call.kind() == Job.class) {
        stage.cluster.gate(other -> {});
        takenOver().untilJobOrEnd();
      }
    });

    advanceWhileLed(sleeper);

    assertThat(jobCreations()).isEqualTo(2);
    assertThat(jobs())
        .singleElement()
        .satisfies(job ->
            assertThat(job.getMetadata().getAnnotations().get(RunPod.ATTEMPT)).startsWith("a2-"));
  }

  @Test
  @Covers("F18")
  void refusalThatALeaderHearsTooLateIsLeftToTheNext() {
    first.attend();
    Leader late = stage.leader().by(first::held);
    stage.cluster.admission(object -> {
      if (object instanceof Job) {
        stage.cluster.admission(other -> {});
        pass(LEASE);
        throw new ClusterException.Conflict("already exists");
      }
    });

    advanceWhileLed(late);

    assertThat(ended(late.attempt())).isFalse();
    Leader next = takenOver();
    next.untilJobOrEnd();
    assertThat(next.attempt().attempt()).startsWith("a2-");
    assertThat(jobs()).hasSize(1);
  }

  @Test
  @Covers({"F18", "F19"})
  void attemptWithoutAJobIsFailedBesideTheOneThatRuns() {
    isolate();
    Leader leader = stage.leader();
    leader.untilJobOrEnd();
    Entry.Attempt running = leader.attempt();
    Entry.Attempt orphan = begunOnly(running, "a1-ffffffff");
    stage.clock.pass(Duration.ofSeconds(61));
    Pod pod = kubelet.start(running);

    Leader next = stage.leader();
    var unused = next.step();
    boolean orphanEnded = ended(orphan);
    List<NetworkPolicy> policies = stage.cluster.list(NetworkPolicy.class, Query.in("shop"));
    new FakeMover(stage, pod, running).work();
    kubelet.end(pod, Map.of());

    assertThat(next.untilEnd().seal().orElseThrow().attempt()).isEqualTo(running.attempt());
    assertThat(orphanEnded).isTrue();
    assertThat(policies).hasSizeGreaterThan(1);
    assertThat(jobCreations()).isEqualTo(1);
  }

  private Leadership leadership(String identity) {
    return new Leadership(
        stage.cluster,
        ObjectName.in("muster", "muster-auditor"),
        identity,
        LEASE,
        stage.clock,
        nanos::get);
  }

  /// The other replica, once the Lease has run out for it too.
  private Leader takenOver() {
    second.attend();
    pass(LEASE.plusSeconds(1));
    assertThat(second.attend()).isTrue();
    return stage.leader();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    stage.clock.pass(time);
  }

  private void advanceWhileLed(Leader leader) {
    for (int i = 0; i < 40 && first.held(); i++) {
      if (leader.step() instanceof BackupRun.Step.Later(var atMost) && first.held()) {
        stage.clock.pass(atMost.plusMillis(1));
      }
    }
    assertThat(first.held()).isFalse();
  }

  /// The answer to the attempt's entry takes longer than the Lease lasts.
  private BackupStore slowAtBegin() {
    return (BackupStore)
        Proxy.newProxyInstance(
            BackupStore.class.getClassLoader(),
            new Class<?>[] {BackupStore.class},
            (self, method, arguments) -> {
              if (method.getName().equals("putIfAbsent")
                  && String.valueOf(arguments[0]).contains("/attempt-")) {
                pass(LEASE);
              }
              return method.invoke(stage.store, arguments);
            });
  }

  private Entry.Attempt begunOnly(Entry.Attempt like, String id) {
    Entry.Planned planned =
        stage.journal().planned(stage.workloadKey(), stage.runId.value()).orElseThrow();
    return stage
        .journal()
        .begin(
            planned,
            new Entry.Attempt(
                id,
                like.startedAt(),
                like.deadline(),
                like.job(),
                like.target(),
                like.engine(),
                like.profileDigest(),
                like.recipients(),
                like.streams()));
  }

  private boolean ended(Entry.Attempt attempt) {
    return stage
        .journal()
        .attemptEnded(stage.workloadKey(), stage.runId.value(), attempt.attempt());
  }

  private void finish(Leader leader) {
    Pod pod = kubelet.start(leader.attempt());
    new FakeMover(stage, pod, leader.attempt()).work();
    kubelet.end(pod, Map.of());
  }

  private List<Job> jobs() {
    return stage.cluster.list(Job.class, Query.in("shop"));
  }

  private long jobCreations() {
    return stage.cluster.calls().stream()
        .filter(call -> call.equals(new FakeCluster.Call("create", Job.class, call.name())))
        .count();
  }

  private void isolate() {
    stage.cluster.create(
        new NetworkPolicyBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("default-deny")
            .endMetadata()
            .withNewSpec()
            .withNewPodSelector()
            .endPodSelector()
            .withPolicyTypes("Ingress", "Egress")
            .endSpec()
            .build());
  }
}
