package dev.muster.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.contract.Contracts;
import dev.muster.auditor.contract.Effective;
import dev.muster.auditor.contract.PolicyRecognition;
import dev.muster.auditor.heal.Healer;
import dev.muster.auditor.heal.Pace;
import dev.muster.auditor.run.Cause;
import dev.muster.auditor.run.Database;
import dev.muster.auditor.run.MovedClock;
import dev.muster.auditor.run.RunPod;
import dev.muster.auditor.schedule.Missed;
import dev.muster.auditor.schedule.Planner;
import dev.muster.auditor.schedule.SlotTimer;
import dev.muster.cluster.Events;
import dev.muster.cluster.FakeCluster;
import dev.muster.model.ContractReader;
import dev.muster.model.WorkloadKey;
import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReconcilerTest {

  private final MovedClock clock = new MovedClock();
  private final FakeCluster cluster = new FakeCluster(clock);
  private final Store store = new Store();
  private final Planner planner = new Planner(store, clock);
  private final List<String> touched = new CopyOnWriteArrayList<>();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean leading;
  private final Reconciler reconciler = reconciler();

  @AfterEach
  void close() {
    store.free.countDown();
    reconciler.close();
  }

  @Test
  @Covers("F68")
  void silentStoreDoesNotDelayHealing() {
    store.silent = true;
    leading = true;
    due("1");
    await("planning waits for the store", () -> store.asked.get() > 0);

    annotate(Map.of("muster.dev/protect", "true", "muster.dev/run", "2"));

    await("the workload is healed", this::healed);
    assertThat(store.free.getCount()).isEqualTo(1);
  }

  @Test
  @Covers("F18")
  void leaseThatLapsesWithinARoundStopsBothQueuesAndLeavesNothingUndone() {
    refused.set(0);
    due("1");
    await("both queues asked for the Lease", () -> refused.get() >= 2);
    reconciler.catchUp();
    assertThat(store.asked.get()).isZero();
    assertThat(healed()).isFalse();

    leading = true;
    reconciler.catchUp();

    await("the request is started", () -> store.started.contains(new Cause.Request("1")));
    await("the workload is healed", this::healed);
  }

  @Test
  @Covers("F68")
  void planningThatFailedIsDoneAgain() {
    store.broken = true;
    leading = true;
    due("1");
    await("planning failed", () -> store.asked.get() > 0);
    store.broken = false;

    await(
        "the request is started",
        () -> {
          reconciler.again();
          return store.started.contains(new Cause.Request("1"));
        });
  }

  @Test
  void workloadThatWasDeletedIsForgotten() {
    Timer timer = new Timer();
    planner.use(timer);
    leading = true;
    annotate(Map.of("muster.dev/protect", "true", "muster.dev/schedule", "0 3 * * *"));
    await("its next slot is set", () -> !timer.set.isEmpty());

    cluster.delete(StatefulSet.class, Database.SET);

    await("its slot is cancelled", () -> !timer.cancelled.isEmpty());
  }

  @Test
  void podOfARunTouchesItsRun() {
    cluster.edit(
        Pod.class, Database.POD, pod -> pod.getMetadata().setLabels(Map.of(RunPod.RUN_ID, "r")));

    assertThat(touched).containsExactly("r");
  }

  private void due(String request) {
    annotate(Map.of("muster.dev/protect", "true", "muster.dev/run", request));
  }

  private void annotate(Map<String, String> annotations) {
    cluster.edit(
        StatefulSet.class, Database.SET, set -> set.getMetadata().setAnnotations(annotations));
  }

  private boolean healed() {
    return cluster
        .get(StatefulSet.class, Database.SET)
        .getMetadata()
        .getAnnotations()
        .containsKey("muster.dev/managed");
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      Thread.yield();
    }
  }

  private boolean leads() {
    if (!leading) {
      refused.incrementAndGet();
    }
    return leading;
  }

  private Reconciler reconciler() {
    Database.in(cluster);
    PolicyRecognition policy =
        new PolicyRecognition(
            Policies.ENGINE, Policies.CONFIGURATION, Policies.PROFILES, InstantSource.system());
    Contracts contracts =
        new Contracts(
            new ContractReader(Policies.CONFIGURATION.vocabulary(Policies.PROFILES)), policy);
    Healer healer =
        new Healer(
            cluster,
            contracts,
            policy,
            new Events(cluster, clock, "muster-auditor"),
            Policies.CONFIGURATION,
            new Pace(Duration.ZERO),
            changed -> {});
    return new Reconciler(
        cluster,
        contracts,
        Optional.of(healer),
        this::leads,
        () -> Optional.of(planner),
        touched::add,
        change -> {},
        System::nanoTime);
  }

  /// Starts runs as a store lets it.
  private static final class Store implements Planner.RunStarter {
    final List<Cause> started = new CopyOnWriteArrayList<>();
    final AtomicInteger asked = new AtomicInteger();
    final CountDownLatch free = new CountDownLatch(1);
    volatile boolean silent;
    volatile boolean broken;

    @Override
    public boolean start(Effective effective, Cause cause) {
      ask();
      return started.add(cause);
    }

    @Override
    public Optional<Instant> newest(WorkloadKey workload) {
      ask();
      return Optional.empty();
    }

    @Override
    public void missed(Effective effective, Missed missed) {}

    private void ask() {
      asked.incrementAndGet();
      if (broken) {
        throw new IllegalStateException("the store does not answer");
      }
      try {
        if (silent) {
          free.await();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static final class Timer implements SlotTimer {
    final List<String> set = new CopyOnWriteArrayList<>();
    final List<String> cancelled = new CopyOnWriteArrayList<>();

    @Override
    public void set(String key, Instant slot, Instant when) {
      set.add(key);
    }

    @Override
    public void cancel(String key) {
      cancelled.add(key);
    }

    @Override
    public void close() {}
  }
}
