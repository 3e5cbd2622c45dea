package dev.muster.auditor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.auditor.Policies;
import dev.muster.auditor.contract.Contracts;
import dev.muster.auditor.contract.Effective;
import dev.muster.auditor.contract.Engine;
import dev.muster.auditor.contract.Workload;
import dev.muster.auditor.run.Cause;
import dev.muster.auditor.run.Database;
import dev.muster.auditor.run.MovedClock;
import dev.muster.cluster.FakeCluster;
import dev.muster.model.ContractReader;
import dev.muster.model.Schedule;
import dev.muster.model.WorkloadKey;
import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {

  private final MovedClock clock = new MovedClock();
  private final FakeCluster cluster = new FakeCluster(clock);
  private final Timer timer = new Timer();
  private final Starter starter = new Starter();
  private final Planner planner = new Planner(starter, clock);

  PlannerTest() {
    Database.in(cluster);
    planner.use(timer);
  }

  @Test
  void nextSlotIsSetOnce() {
    planner.consider(effective("0 3 * * *", Map.of()));
    planner.consider(effective("0 3 * * *", Map.of()));

    assertThat(timer.slots).containsExactly(Instant.parse("2026-11-01T03:00:00Z"));
    assertThat(starter.started).isEmpty();
  }

  @Test
  @Covers("F21")
  void threeDaysOfStandstillAreCaughtUpByOneRun() {
    Effective daily = effective("0 1 * * *", Map.of());
    starter.newest = Optional.of(Instant.parse("2026-11-01T01:00:00Z"));
    clock.pass(Duration.ofDays(3));

    planner.consider(daily);

    assertThat(starter.started)
        .containsExactly(new Cause.Slot(Instant.parse("2026-11-04T01:00:00Z")));
    assertThat(timer.slots).containsExactly(Instant.parse("2026-11-05T01:00:00Z"));
    assertThat(starter.missed)
        .containsExactly(
            new Missed(
                2,
                Instant.parse("2026-11-02T01:00:00Z"),
                Instant.parse("2026-11-03T01:00:00Z"),
                Instant.parse("2026-11-04T01:00:00Z")));
  }

  @Test
  @Covers("F20")
  void restartExactlyAtASlotAsksForThatSlot() {
    Effective daily = effective("0 2 * * *", Map.of());
    clock.pass(Duration.ofDays(1));

    planner.consider(daily);
    new Planner(starter, clock).consider(daily);

    assertThat(starter.started).containsOnly(new Cause.Slot(Instant.parse("2026-11-02T02:00:00Z")));
  }

  @Test
  void slotsBeforeTheWorkloadExistedDoNotExist() {
    planner.consider(effective("0 1 * * *", Map.of()));

    assertThat(starter.started).isEmpty();
  }

  @Test
  void newValueOfRunStartsOneRun() {
    planner.consider(effective("0 3 * * *", Map.of("muster.dev/run", "1")));
    planner.consider(effective("0 3 * * *", Map.of("muster.dev/run", "1")));
    planner.consider(effective("0 3 * * *", Map.of("muster.dev/run", "2")));

    assertThat(starter.started).containsExactly(new Cause.Request("1"), new Cause.Request("2"));
  }

  @Test
  @Covers("F68")
  void slotThatCouldNotBeStartedIsTriedAgain() {
    planner.consider(effective("0 3 * * *", Map.of()));
    clock.pass(Duration.ofHours(1));
    starter.broken = true;

    timer.fire();

    assertThat(timer.slots).last().isEqualTo(Instant.parse("2026-11-01T03:00:00Z"));
    assertThat(timer.times).last().isEqualTo(clock.instant().plus(Duration.ofMinutes(1)));
  }

  @Test
  @Covers({"F21", "F68"})
  void afterAnOutageOfTheStoreOnlyTheLatestSlotRuns() {
    planner.consider(effective("0 * * * *", Map.of()));
    starter.broken = true;
    clock.pass(Duration.ofHours(1));
    timer.fire();
    clock.pass(Duration.ofHours(4));
    timer.fire();
    starter.broken = false;

    timer.fire();
    timer.fireWhatIsDue();

    Instant latest = Instant.parse("2026-11-01T07:00:00Z");
    assertThat(starter.started).containsExactly(new Cause.Slot(latest));
    assertThat(starter.missed)
        .containsExactly(
            new Missed(
                4,
                Instant.parse("2026-11-01T03:00:00Z"),
                Instant.parse("2026-11-01T06:00:00Z"),
                latest));
    assertThat(timer.slots).last().isEqualTo(Instant.parse("2026-11-01T08:00:00Z"));
  }

  @Test
  @Covers("F21")
  void missedSlotsAreToldOnceAlsoByTheNextLeader() {
    Effective daily = effective("0 1 * * *", Map.of());
    starter.newest = Optional.of(Instant.parse("2026-11-01T01:00:00Z"));
    clock.pass(Duration.ofDays(3));

    planner.consider(daily);
    new Planner(starter, clock).consider(daily);

    assertThat(starter.missed).hasSize(1);
  }

  @Test
  @Covers("F68")
  void slotsMissedInAnOutageAreToldWhenTheLostCreationTookEffect() {
    planner.consider(effective("0 * * * *", Map.of()));
    clock.pass(Duration.ofHours(3));
    starter.lost = true;
    timer.fire();
    starter.lost = false;

    timer.fire();

    assertThat(starter.started).hasSize(1);
    assertThat(starter.missed).extracting(Missed::slots).containsExactly(2);
  }

  @Test
  void timerOfAnOldScheduleDoesNotReplaceTheNewOne() throws Exception {
    planner.consider(effective("0 3 * * *", Map.of()));
    Effective changed = effective("30 5 * * *", Map.of());
    clock.pass(Duration.ofHours(1));
    starter.hold();
    Thread due = Thread.ofPlatform().start(timer::fire);
    starter.awaitHeld();

    Thread consider = Thread.ofPlatform().start(() -> planner.consider(changed));
    awaitIdle(consider);
    starter.release();
    due.join();
    consider.join();

    assertThat(timer.slots).last().isEqualTo(Instant.parse("2026-11-01T05:30:00Z"));
  }

  @Test
  void slotThatCameWhileTheScheduleChangedIsJudgedByTheNewOne() throws Exception {
    clock.pass(Duration.ofDays(1));
    starter.newest = Optional.of(clock.instant());
    planner.consider(effective("0 3 * * *", Map.of()));
    Effective changed = effective("30 5 * * *", Map.of());
    clock.pass(Duration.ofHours(1));
    starter.hold();
    Thread consider = Thread.ofPlatform().start(() -> planner.consider(changed));
    starter.awaitHeld();

    Thread due = Thread.ofPlatform().start(timer::fire);
    awaitIdle(due);
    starter.release();
    due.join();
    consider.join();

    assertThat(starter.started).isEmpty();
    assertThat(timer.slots).last().isEqualTo(Instant.parse("2026-11-02T05:30:00Z"));
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void workOnOneWorkloadDoesNotHoldUpAnother() throws Exception {
    planner.consider(effective("0 3 * * *", Map.of()));
    clock.pass(Duration.ofHours(1));
    starter.hold();
    Thread due = Thread.ofPlatform().start(timer::fire);
    starter.awaitHeld();

    planner.forget(WorkloadKey.of("StatefulSet", "shop", "other"));

    assertThat(timer.cancelled).hasSize(1);
    starter.release();
    due.join();
  }

  @ParameterizedTest
  @CsvSource({
    "0 2 * * *, 2026-10-31T02:00:00Z, 2026-11-02T02:00:00Z, '1 slot was missed, that of"
        + " 2026-11-01T02:00:00Z; one run catches up with the slot of 2026-11-02T02:00:00Z'",
    "* * * * *, 2026-10-31T02:00:00Z, 2026-11-02T02:00:00Z, 'at least 1000 slots were missed, from"
        + " 2026-10-31T02:01:00Z to 2026-11-02T01:59:00Z; one run catches up with the slot of"
        + " 2026-11-02T02:00:00Z'",
  })
  void missedSlotsAreNamed(String cron, Instant since, Instant caughtUp, String text) {
    Schedule schedule = effective(cron, Map.of()).contract().schedule().orElseThrow();

    assertThat(Missed.of(schedule, since, caughtUp).orElseThrow().text()).isEqualTo(text);
  }

  @Test
  @Covers("F68")
  void workloadSeenWhileTheStoreIsSilentGetsItsSlotAtTheNextLook() {
    Effective daily = effective("0 1 * * *", Map.of());
    clock.pass(Duration.ofDays(1));
    starter.broken = true;
    assertThatThrownBy(() -> planner.consider(daily)).hasMessageContaining("does not answer");
    starter.broken = false;

    planner.consider(daily);

    assertThat(timer.slots).isNotEmpty();
  }

  @Test
  @Covers("F68")
  void requestWhileTheStoreIsSilentIsStartedAtTheNextLook() {
    Effective asked = effective("0 3 * * *", Map.of("muster.dev/run", "1"));
    starter.broken = true;
    assertThatThrownBy(() -> planner.consider(asked)).hasMessageContaining("does not answer");
    starter.broken = false;

    planner.consider(asked);

    assertThat(starter.started).containsExactly(new Cause.Request("1"));
  }

  @Test
  void requestThatCannotBeStartedHoldsUpNoSlot() {
    starter.unstartable = true;

    assertThatThrownBy(
            () -> planner.consider(effective("0 3 * * *", Map.of("muster.dev/run", "1"))))
        .hasMessageContaining("unreadable");

    assertThat(timer.slots).hasSize(1);
  }

  @Test
  void workloadSeenWhileTheTimerFailsGetsItsSlotAtTheNextLook() {
    timer.broken = true;
    assertThatThrownBy(() -> planner.consider(effective("0 3 * * *", Map.of())))
        .hasMessageContaining("no trigger");
    timer.broken = false;

    planner.consider(effective("0 3 * * *", Map.of()));

    assertThat(timer.slots).hasSize(1);
  }

  @Test
  void optedOutWorkloadHasNoSlots() {
    planner.consider(effective("0 3 * * *", Map.of()));

    planner.consider(effective("0 3 * * *", Map.of("muster.dev/protect", "false")));

    assertThat(timer.cancelled).hasSize(1);
  }

  private Effective effective(String schedule, Map<String, String> more) {
    Map<String, String> annotations =
        new HashMap<>(Map.of("muster.dev/protect", "true", "muster.dev/schedule", schedule));
    annotations.putAll(more);
    StatefulSet set =
        cluster.edit(
            StatefulSet.class, Database.SET, s -> s.getMetadata().setAnnotations(annotations));
    Contracts contracts =
        new Contracts(
            new ContractReader(Policies.CONFIGURATION.vocabulary(Policies.PROFILES)),
            (workload, reading) ->
                Policies.PROFILES.find("postgresql").map(p -> new Engine(p, "postgres")));
    return contracts.of(Workload.of(set).orElseThrow(), Map.of());
  }

  /// Until it has ended or waits for somebody else.
  private static void awaitIdle(Thread thread) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (thread.getState() != Thread.State.TERMINATED
        && thread.getState() != Thread.State.WAITING) {
      assertThat(System.nanoTime()).as("the thread goes on").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static final class Starter implements Planner.RunStarter {
    final List<Cause> started = new CopyOnWriteArrayList<>();
    final List<Missed> missed = new CopyOnWriteArrayList<>();
    volatile Optional<Instant> newest = Optional.empty();
    boolean broken;
    boolean unstartable;

    /// A creation takes effect, and its answer does not come.
    boolean lost;

    private volatile CountDownLatch free = new CountDownLatch(0);
    private final CountDownLatch held = new CountDownLatch(1);

    void hold() {
      free = new CountDownLatch(1);
    }

    void awaitHeld() throws InterruptedException {
      assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
    }

    void release() {
      free.countDown();
    }

    @Override
    public boolean start(Effective effective, Cause cause) {
      pass();
      if (unstartable) {
        throw new IllegalStateException("the journal's entry is unreadable");
      }
      boolean anew = !started.contains(cause);
      if (anew) {
        started.add(cause);
      }
      if (lost) {
        throw new IllegalStateException("the answer was lost");
      }
      return anew;
    }

    @Override
    public Optional<Instant> newest(WorkloadKey workload) {
      pass();
      return newest;
    }

    @Override
    public void missed(Effective effective, Missed slots) {
      missed.add(slots);
    }

    private void pass() {
      if (broken) {
        throw new IllegalStateException("the store does not answer");
      }
      if (free.getCount() > 0) {
        held.countDown();
        try {
          free.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private final class Timer implements SlotTimer {
    boolean broken;
    final List<String> keys = new CopyOnWriteArrayList<>();
    final List<Instant> slots = new CopyOnWriteArrayList<>();
    final List<Instant> times = new CopyOnWriteArrayList<>();
    final List<String> cancelled = new CopyOnWriteArrayList<>();

    /// What was set last comes now.
    void fire() {
      planner.due(keys.getLast(), slots.getLast());
    }

    void fireWhatIsDue() {
      for (int i = 0; i < 100 && !times.getLast().isAfter(clock.instant()); i++) {
        fire();
      }
    }

    @Override
    public void set(String key, Instant slot, Instant when) {
      if (broken) {
        throw new IllegalStateException("no trigger for " + key);
      }
      keys.add(key);
      slots.add(slot);
      times.add(when);
    }

    @Override
    public void cancel(String key) {
      cancelled.add(key);
    }

    @Override
    public void close() {}
  }
}
