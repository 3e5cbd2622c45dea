package dev.muster.repository.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.repository.RetryBudget;
import dev.muster.testkit.Covers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class S3LimitsTest {

  /// The longest try asks twice, and the last byte of its body may come late.
  @Test
  @Covers("F68")
  void slowestTryAndItsBudgetEndWithinNinetySeconds() {
    S3Limits small = S3Limits.SMALL;
    Duration slowest = small.whole().plus(small.whole()).plus(small.silence());

    assertThat(RetryBudget.SERVER.call().plus(slowest)).isLessThanOrEqualTo(Duration.ofSeconds(90));
    assertThat(small.silence()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(15));
  }
}
