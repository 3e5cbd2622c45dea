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
import dev.muster.model.WorkloadKey;
import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
    assertThat(starter.missed).isEqualTo(2);
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

    planner.due(timer.keys.getFirst(), timer.slots.getFirst());

    assertThat(timer.slots).last().isEqualTo(Instant.parse("2026-11-01T03:00:00Z"));
    assertThat(timer.times).last().isEqualTo(clock.instant().plus(Duration.ofMinutes(1)));
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

  private static final class Starter implements Planner.RunStarter {
    final List<Cause> started = new ArrayList<>();
    Optional<Instant> newest = Optional.empty();
    boolean broken;
    boolean unstartable;
    int missed;

    @Override
    public void start(Effective effective, Cause cause) {
      if (broken) {
        throw new IllegalStateException("the store does not answer");
      }
      if (unstartable) {
        throw new IllegalStateException("the journal's entry is unreadable");
      }
      started.add(cause);
    }

    @Override
    public Optional<Instant> newest(WorkloadKey workload) {
      if (broken) {
        throw new IllegalStateException("the store does not answer");
      }
      return newest;
    }

    @Override
    public void missed(Effective effective, int slots, Instant caughtUp) {
      missed = slots;
    }
  }

  private static final class Timer implements SlotTimer {
    boolean broken;
    final List<String> keys = new ArrayList<>();
    final List<Instant> slots = new ArrayList<>();
    final List<Instant> times = new ArrayList<>();
    final List<String> cancelled = new ArrayList<>();

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
