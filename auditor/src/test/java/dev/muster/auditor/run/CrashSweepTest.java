package dev.muster.auditor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Kills the auditor before each call to cluster or store in turn; the next one must end the run.
class CrashSweepTest {

  private static final int MORE_THAN_ALL = 400;

  @Test
  @Covers({"F19", "F20", "F62"})
  void runEndsSealedWhereverTheLeaderDies() {
    int deaths = 0;
    for (int at = 1; at < MORE_THAN_ALL; at++) {
      Stage stage = new Stage();
      Mortal mortal = new Mortal(at);
      Kubelet kubelet = new Kubelet(stage.cluster);
      Leader leader = stage.leader(mortal.cluster(stage.cluster), mortal.store(stage.store));

      boolean died = live(stage, kubelet, leader);
      if (died) {
        deaths++;
        assertThat(live(stage, kubelet, stage.leader())).isFalse();
      }

      RunRecord run = stage.journal().load(stage.workloadKey(), stage.runId.value()).orElseThrow();
      assertThat(run.seal()).as("killed before call %d", at).isPresent();
      assertThat(run.failure()).as("killed before call %d", at).isEmpty();
      assertThat(stage.store.list("points/")).as("killed before call %d", at).hasSize(1);
      if (!died) {
        assertThat(deaths).isGreaterThan(20);
        return;
      }
    }
    throw new AssertionError("the sweep does not end");
  }

  /// Plays until the run ends or the leader dies; whoever holds the Pod goes on without it.
  private static boolean live(Stage stage, Kubelet kubelet, Leader leader) {
    try {
      for (int i = 0; i < 300; i++) {
        BackupRun.Step step = leader.step();
        if (step instanceof BackupRun.Step.Ended) {
          return false;
        }
        if (step instanceof BackupRun.Step.Later(var atMost)) {
          stage.clock.pass(atMost.plusMillis(1));
        }
        play(stage, kubelet);
      }
    } catch (Mortal.Death e) {
      return true;
    }
    throw new AssertionError("the run does not end");
  }

  /// Every Job without a Pod gets one, whose mover works at once.
  private static void play(Stage stage, Kubelet kubelet) {
    var jobs =
        stage.cluster.list(
            io.fabric8.kubernetes.api.model.batch.v1.Job.class,
            dev.muster.cluster.Query.in("shop"));
    for (var job : jobs) {
      List<Pod> pods =
          stage.cluster.list(Pod.class, dev.muster.cluster.Query.in("shop")).stream()
              .filter(pod -> Sightings.ownedBy(pod, job))
              .toList();
      String id = job.getMetadata().getAnnotations().getOrDefault(RunPod.ATTEMPT, "");
      Optional<Entry.Attempt> attempt =
          stage.journal().attempt(stage.workloadKey(), stage.runId.value(), id);
      if (pods.isEmpty() && attempt.isPresent()) {
        Pod pod = kubelet.start(attempt.get());
        new FakeMover(stage, pod, attempt.get()).work();
        kubelet.end(pod, Map.of());
      }
    }
  }

  /// Counts calls and dies before the given one.
  private static final class Mortal {
    private final AtomicInteger left;

    Mortal(int at) {
      this.left = new AtomicInteger(at);
    }

    /// What `kill -9` looks like to those who are left: nothing more happens.
    static final class Death extends Error {
      private static final long serialVersionUID = 1L;
    }

    dev.muster.cluster.Cluster cluster(dev.muster.cluster.Cluster real) {
      return proxy(dev.muster.cluster.Cluster.class, real);
    }

    dev.muster.repository.BackupStore store(dev.muster.repository.BackupStore real) {
      return proxy(dev.muster.repository.BackupStore.class, real);
    }

    private <T> T proxy(Class<T> type, T real) {
      return type.cast(
          java.lang.reflect.Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (self, method, arguments) -> {
                if (left.decrementAndGet() == 0) {
                  throw new Death();
                }
                try {
                  return method.invoke(real, arguments);
                } catch (java.lang.reflect.InvocationTargetException e) {
                  throw e.getCause();
                }
              }));
    }
  }
}
