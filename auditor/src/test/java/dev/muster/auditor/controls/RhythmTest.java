package dev.muster.auditor.controls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.model.Cron;
import dev.muster.model.Schedule;
import dev.muster.model.Window;
import dev.muster.model.WorkloadKey;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RhythmTest {
  private final Rhythm rhythm = new Rhythm();

  @ParameterizedTest
  @CsvSource({
    "H 2 * * *,       PT24H",
    "@hourly,         PT1H",
    "@monthly,        PT744H",
    "0 3 1-20 * *,    PT288H",
    "* * * * *,       PT1M",
    "*/5 9-17 * * 1-5, PT63H5M",
    "0 2 * * 1-5,     PT72H",
    "H 4 * * 0,       PT168H",
    "0 0 1 * *,       PT744H",
    "0 0 1 1 *,       PT8760H",
    "0 0 29 2 *,      PT35064H",
    "* * 1-20 * *,    PT264H1M",
    "*/2 * 1-25 1-11 *, PT864H2M",
    "*/5 * 29 2 *,    PT35040H5M",
  })
  void theLongestTimeBetweenTwoSlots(String cron, Duration apart) {
    assertThat(rhythm.apart(schedule(cron, Optional.empty()))).contains(apart);
  }

  @Test
  void slotsThatNeverComeAreNotApart() {
    assertThat(rhythm.apart(schedule("0 0 31 2 *", Optional.empty()))).isEmpty();
  }

  @Test
  void aWindowCutsSlotsOut() {
    Window window = Window.parse("22:00-05:00").orThrow();

    assertThat(rhythm.apart(schedule("0 * * * *", Optional.of(window))))
        .contains(Duration.ofHours(18));
    assertThat(rhythm.apart(schedule("0 * * * *", Optional.empty()))).contains(Duration.ofHours(1));
    assertThat(rhythm.apart(schedule("0 12 * * *", Optional.of(window)))).isEmpty();
  }

  private static Schedule schedule(String cron, Optional<Window> window) {
    return new Schedule(
        new Cron(cron), ZoneId.of("Europe/Berlin"), window, WorkloadKey.of("a", "b", "c"));
  }
}
