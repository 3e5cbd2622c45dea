package dev.muster.auditor.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import java.util.List;
import org.junit.jupiter.api.Test;

@Covers("F46")
class TrendTest {

  @Test
  void emptyPointIsSuspicious() {
    assertThat(Trend.suspicious(List.of(0L))).containsExactly(true);
  }

  @Test
  void pointNinetyPercentBelowTheTrendIsSuspicious() {
    assertThat(Trend.suspicious(List.of(1000L, 1010L, 99L, 1020L)))
        .containsExactly(false, false, true, false);
  }

  @Test
  void slowGrowthAndModestLossAreNot() {
    assertThat(Trend.suspicious(List.of(1000L, 1100L, 600L, 300L, 150L))).containsOnly(false);
  }

  @Test
  void suspiciousPointsDoNotBecomeTheTrend() {
    assertThat(Trend.suspicious(List.of(1000L, 1000L, 10L, 10L, 10L, 10L)))
        .containsExactly(false, false, true, true, true, true);
  }
}
