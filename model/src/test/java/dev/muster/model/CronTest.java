package dev.muster.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 2 * * *", "*/15 * * * *", "H H * * *", "H(0-29) 2 * * *", "H/15 * * * *", "0 0 1,15 * *",
        "0 0 * JAN-MAR MON-FRI", "@daily", "@HOURLY", "  5 4 * * *  ", "0 0 * * 7", "H H H H H"
      })
  void expressionIsAccepted(String text) {
    assertThat(Cron.parse(text)).isInstanceOf(Parsed.Value.class);
  }

  @ParameterizedTest
  @CsvSource({
    "* * * * *, true",
    "*/9 * * * *, true",
    "*/10 * * * *, false",
    "H/15 * * * *, false",
    "0-5 3 * * *, true",
    "0-59/11 * * * *, true", // 55, and 0 of the next hour
    "'0,55 0,23 * * *', true", // 23:55, and the next day
    "'0 0,23 * * *', false",
    "* * 29 2 *, true",
    "0 0 31 2 *, false",
    "H 5 * * *, false",
    "@hourly, false",
  })
  void slotsThatAreTooCloseAreSeen(String text, boolean closer) {
    assertThat(new Cron(text).closerThan(Duration.ofMinutes(10))).isEqualTo(closer);
  }

  @ParameterizedTest
  @Covers("F11")
  @ValueSource(
      strings = {
        "",
        "daily",
        "H 2 | * 1-5",
        "0 2|3 * * *",
        "0 2 * * *||0 3 * * *",
        "@reboot",
        "60 * * * *",
        "* 24 * * *",
        "* * * *",
        "* * * * * *",
        "0 0 0 * *",
        "0 0 * 13 *",
        "0 0 * * 8",
        "H(50-70) * * * *",
        "H/0 * * * *",
        "0 0 L * *",
        "0 0 * * 5#2",
        "0 2 * * *; rm -rf /",
        "0 2 * * *\n0 3 * * *",
        "$(date) * * * *",
        "0 2 ? * *",
        "H(9-3) * * * *"
      })
  void expressionIsRefusedWithWhatIsAllowed(String text) {
    assertThat(Cron.parse(text))
        .isInstanceOfSatisfying(
            Parsed.Refused.class,
            refused -> assertThat(refused.allowed()).contains("minute hour day month weekday"));
  }
}
