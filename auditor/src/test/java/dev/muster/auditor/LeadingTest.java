package dev.muster.auditor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.Leadership;
import dev.muster.cluster.ObjectName;
import dev.muster.testkit.Covers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class LeadingTest {

  private final FakeCluster cluster = new FakeCluster(InstantSource.system());
  private final AtomicLong nanos = new AtomicLong();
  private final List<BooleanSupplier> begun = new ArrayList<>();
  private final List<Integer> ended = new ArrayList<>();
  private boolean broken;
  private final Leading<Integer> leading =
      new Leading<>(leadership("mine"), this::begin, ended::add);

  @Test
  void leadershipThatIsRenewedGoesOn() {
    assertThat(leading.attend()).isTrue();
    pass(3);

    assertThat(leading.attend()).isFalse();

    assertThat(leading.current()).hasValue(1);
    assertThat(begun.getFirst().getAsBoolean()).isTrue();
  }

  /// This replica slept between two rounds; another one led and went meanwhile.
  @Test
  @Covers("F18")
  void leaseThatLapsesAndIsRegainedBetweenTwoLooksBeginsAnew() {
    Leadership other = leadership("other");
    leading.attend();
    other.attend();
    pass(16);
    assertThat(other.attend()).isTrue();
    other.resign();

    assertThat(leading.attend()).isTrue();

    assertThat(ended).containsExactly(1);
    assertThat(leading.current()).hasValue(2);
    assertThat(begun).extracting(BooleanSupplier::getAsBoolean).containsExactly(false, true);
  }

  @Test
  @Covers("F18")
  void leaseThatLapsesWithinOneRoundEndsWhatItHeldForGood() {
    leading.attend();
    pass(3);
    cluster.gate(call -> {
      cluster.gate(next -> {});
      pass(11);
      assertThat(begun.getFirst().getAsBoolean()).isFalse();
    });

    assertThat(leading.attend()).isFalse();
    assertThat(ended).containsExactly(1);

    assertThat(leading.attend()).isTrue();
    assertThat(begun).extracting(BooleanSupplier::getAsBoolean).containsExactly(false, true);
  }

  @Test
  @Covers("F18")
  void leaseThatIsLostEndsWhatItHeld() {
    Leadership other = leadership("other");
    leading.attend();
    other.attend();
    pass(16);
    other.attend();

    assertThat(leading.attend()).isFalse();

    assertThat(ended).containsExactly(1);
    assertThat(leading.current()).isEmpty();
  }

  @Test
  void beginningThatFailedIsTriedAgain() {
    broken = true;
    assertThatThrownBy(leading::attend).hasMessage("no scheduler");
    broken = false;

    assertThat(leading.attend()).isTrue();
    assertThat(leading.current()).isPresent();
  }

  private Optional<Integer> begin(BooleanSupplier leads) {
    if (broken) {
      throw new IllegalStateException("no scheduler");
    }
    begun.add(leads);
    return Optional.of(begun.size());
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
