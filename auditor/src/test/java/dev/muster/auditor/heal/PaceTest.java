package dev.muster.auditor.heal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  @Covers("S4")
  void changesAreThatFarApart() {
    try (Pace pace = new Pace(Duration.ofMillis(30))) {
      long began = System.nanoTime();

      for (int i = 0; i < 4; i++) {
        assertThat(pace.next()).isTrue();
      }

      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isGreaterThanOrEqualTo(Duration.ofMillis(90));
    }
  }

  @Test
  void nothingIsWaitedForAfterTheEnd() {
    Pace pace = new Pace(Duration.ofDays(1));
    assertThat(pace.next()).isTrue();

    pace.close();

    assertThat(pace.next()).isFalse();
  }
}
