package dev.muster.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
  private static final WorkloadKey KEY = WorkloadKey.of("StatefulSet", "shop", "db");

  @Property
  void retentionIsReadBackFromItsText(
      @ForAll @IntRange(max = 99) int last,
      @ForAll @IntRange(max = 99) int days,
      @ForAll @IntRange(max = 99) int weeks,
      @ForAll @IntRange(max = 99) int months,
      @ForAll @IntRange(min = 1, max = 99) int years) {
    Retention retention = new Retention(last, days, weeks, months, years);

    assertThat(Retention.parse(retention.toString()).orThrow()).isEqualTo(retention);
  }

  @Property
  void durationIsReadBackFromItsText(@ForAll @LongRange(min = 1, max = 100_000_000) long seconds) {
    Duration duration = Duration.ofSeconds(seconds);

    assertThat(DurationText.parse(DurationText.format(duration)).orThrow()).isEqualTo(duration);
  }

  @Property
  void managedIsReadBackFromItsText(
      @ForAll @Size(max = 12)
          Map<@AlphaChars @StringLength(min = 1, max = 20) String, String> values) {
    Managed managed = Managed.none();
    for (var entry : values.entrySet()) {
      managed = managed.with("muster.dev/" + entry.getKey(), entry.getValue());
    }

    Managed again = Managed.parse(managed.text());

    assertThat(again).isEqualTo(managed);
    for (var entry : values.entrySet()) {
      assertThat(again.wrote("muster.dev/" + entry.getKey(), entry.getValue())).isTrue();
      assertThat(again.wrote("muster.dev/" + entry.getKey(), entry.getValue() + "x")).isFalse();
    }
  }

  @Property
  void anyDatabaseNameMakesASafeStreamName(@ForAll String database) {
    String name = StreamName.of("db-{database}", database).value();

    assertThat(name).matches("db-[a-z0-9-]{0,36}[a-z0-9]").hasSizeLessThan(41);
  }

  @Property
  void retentionNeverThrowsForText(@ForAll String text) {
    assertThat(Retention.parse(text)).isNotNull();
    assertThat(DurationText.parse(text)).isNotNull();
    assertThat(Window.parse(text)).isNotNull();
    assertThat(Cron.parse(text)).isNotNull();
    assertThat(Managed.parse(text)).isNotNull();
  }

  @Test
  void managedKeepsForeignKeysInFull() {
    Managed managed =
        Managed.none().with("pre.hook.backup.velero.io/command", "[]").with("muster.dev/plan", "a");

    assertThat(managed.text())
        .matches("plan=[0-9a-f]{12},pre\\.hook\\.backup\\.velero\\.io/command=[0-9a-f]{12}");
    assertThat(Managed.parse(managed.text())).isEqualTo(managed);
    assertThat(managed.without("muster.dev/plan").names("muster.dev/plan")).isFalse();
  }

  @Test
  void managedNamesTheDecisionThatWroteIt() {
    Managed managed = Managed.none().with("muster.dev/plan", "a").decidedBy("0123456789ab");

    assertThat(managed.text()).matches("plan=[0-9a-f]{12},decision:0123456789ab");
    assertThat(Managed.parse(managed.text())).isEqualTo(managed);
    assertThat(managed.names("muster.dev/decision")).isFalse();
  }

  @Test
  void managedThatIsNotOursNamesNothing() {
    assertThat(Managed.parse("plan, x=y, plan=zz, =1, plan=0123456789ab0"))
        .isEqualTo(Managed.none());
  }

  @Test
  void idsAreStableAndDifferByCause() {
    Instant slot = Instant.parse("2026-11-01T02:00:00Z");

    assertThat(KEY.value()).isEqualTo("92df1dca24360bb458b1fef810ca62e9");
    RunId run = RunId.ofSlot("cluster", KEY, slot);
    assertThat(run.value()).isEqualTo("7anq25uavlv4d3sfvobzn3clr4");
    assertThat(run).isEqualTo(RunId.ofSlot("cluster", KEY, slot));
    assertThat(
            new TreeSet<>(
                java.util.List.of(
                    run.value(),
                    RunId.ofSlot("other", KEY, slot).value(),
                    RunId.ofSlot("cluster", WorkloadKey.of("StatefulSet", "shop", "d"), slot)
                        .value(),
                    RunId.ofSlot("cluster", KEY, slot.plusSeconds(1)).value(),
                    RunId.ofRequest("cluster", KEY, slot.toString()).value())))
        .hasSize(5);
  }

  @Test
  void pointIsReadBackFromItsText() {
    PointId point =
        new PointId(
            Instant.parse("2026-11-01T02:00:00.9Z"),
            RunId.ofSlot("c", KEY, Instant.parse("2026-11-01T02:00:00Z")));

    assertThat(point.toString()).startsWith("20261101T020000Z-");
    assertThat(PointId.parse(point.toString())).isEqualTo(point);
    assertThatThrownBy(() -> PointId.parse("20261101T020000Z")).hasMessageContaining("not a point");
    assertThatThrownBy(() -> PointId.parse("20261341T020000Z-" + point.run()))
        .hasMessageContaining("not a point");
  }

  @Test
  void attemptIsReadBackFromItsText() {
    AttemptId attempt = AttemptId.next(3, new Random(1));

    assertThat(AttemptId.parse(attempt.toString())).isEqualTo(attempt);
    assertThatThrownBy(() -> AttemptId.parse("a0-00000000")).hasMessageContaining("not an attempt");
    assertThatThrownBy(() -> AttemptId.parse("a1-../../xx")).hasMessageContaining("not an attempt");
  }

  @Test
  void windowMayPassMidnight() {
    Window night = Window.parse("22:00-05:00").orThrow();

    assertThat(night.contains(LocalTime.of(23, 0))).isTrue();
    assertThat(night.contains(LocalTime.of(4, 59))).isTrue();
    assertThat(night.contains(LocalTime.of(5, 0))).isFalse();
    assertThat(Window.parse("10:00-10:00")).isInstanceOf(Parsed.Refused.class);
  }

  @ParameterizedTest
  @CsvSource({"7d 4w 12m, 360", "7d, 7", "10d 1w, 10", "3w, 21", "2y 1m, 730", "last=99, 0"})
  void retentionReachesBackAsFarAsItsLongestCount(String text, long days) {
    assertThat(Retention.parse(text).orThrow().reach()).isEqualTo(Duration.ofDays(days));
  }

  @Test
  void waiverCountsOnItsLastDay() {
    Waiver waiver = new Waiver("ops", "cache", LocalDate.of(2026, 3, 31));

    assertThat(waiver.expired(LocalDate.of(2026, 3, 31))).isFalse();
    assertThat(waiver.expired(LocalDate.of(2026, 4, 1))).isTrue();
    assertThat(waiver.longerThan(90, LocalDate.of(2025, 12, 31))).isFalse();
    assertThat(waiver.longerThan(90, LocalDate.of(2025, 12, 30))).isTrue();
  }

  @Test
  void onlyPointsWithinTheirPromiseCover() {
    assertThat(new Verdict.Sealed(Instant.EPOCH).covered()).isTrue();
    assertThat(new Verdict.Stale(Instant.EPOCH, Duration.ofHours(1)).covered()).isFalse();
    assertThat(new Verdict.Unknown("x").covered()).isFalse();
    assertThat(new Verdict.IntentOnly("x").word()).isEqualTo("IntentOnly");
  }
}
