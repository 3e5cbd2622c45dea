package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeadershipTest {

  private final FakeCluster cluster = new FakeCluster(InstantSource.system());
  private final AtomicLong nanos = new AtomicLong();

  @Test
  @Covers("F18")
  void stalledLeaderKnowsItIsNoLeaderBeforeItAsksAgain() {
    Leadership stalled = leadership("stalled");
    stalled.attend();

    pass(11);

    assertThat(stalled.held()).isFalse();
  }

  @Test
  @Covers("F18")
  void wokenLeaderDoesNotTakeTheLeaseBack() {
    Leadership stalled = leadership("stalled");
    Leadership other = leadership("other");
    stalled.attend();
    other.attend();

    pass(16);
    assertThat(other.attend()).isTrue();

    assertThat(stalled.attend()).isFalse();
    assertThat(other.held()).isTrue();
  }

  @Test
  @Covers("F18")
  void leadershipThatLapsedAndWasRegainedIsAnotherOne() {
    Leadership leader = leadership("leader");
    leader.attend();
    long first = leader.term();
    pass(3);
    leader.attend();
    long renewed = leader.term();

    pass(11);
    long lapsed = leader.term();
    leader.attend();

    assertThat(first).isPositive();
    assertThat(renewed).isEqualTo(first);
    assertThat(lapsed).isZero();
    assertThat(leader.term()).isPositive().isNotEqualTo(first);
  }

  @Test
  void othersWaitForTheWholeLease() {
    Leadership leader = leadership("leader");
    Leadership other = leadership("other");
    leader.attend();
    other.attend();

    pass(14);

    assertThat(other.attend()).isFalse();
  }

  @Test
  void unreachableServerCostsTheLeadershipInTime() {
    Leadership leader = leadership("leader");
    AtomicBoolean down = new AtomicBoolean();
    cluster.gate(call -> {
      if (down.get()) {
        throw new ClusterException.Unreachable("no route");
      }
    });
    leader.attend();
    down.set(true);

    pass(5);
    assertThat(leader.attend()).isTrue();
    pass(6);
    assertThat(leader.attend()).isFalse();
  }

  private void pass(int seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private Leadership leadership(String identity) {
    return new Leadership(
        cluster,
        ObjectName.in("default", "muster-auditor"),
        identity,
        Duration.ofSeconds(15),
        InstantSource.system(),
        nanos::get);
  }
}
