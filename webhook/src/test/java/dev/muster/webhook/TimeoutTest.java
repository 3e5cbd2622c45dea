package dev.muster.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeoutTest {
  @ParameterizedTest
  @CsvSource({
    "2s, 1600",
    "10s, 8000",
    "1m30s, 72000",
    "500ms, 400",
    "2, 0",
    "'', 0",
    "-2s, 0",
    "99999999999s, 0"
  })
  @Covers("A14")
  void fourFifthsOfTheCallersTimeoutAreOurs(String text, long millis) {
    assertThat(Timeout.ours(text)).isEqualTo(Duration.ofMillis(millis));
  }
}
