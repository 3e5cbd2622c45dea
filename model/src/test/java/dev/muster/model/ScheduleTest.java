package dev.muster.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  private static final WorkloadKey KEY = WorkloadKey.of("StatefulSet", "shop", "db");

  private static Schedule schedule(String cron, String zone) {
    return new Schedule(Cron.parse(cron).orThrow(), ZoneId.of(zone), Optional.empty(), KEY);
  }

  private static Instant next(Schedule schedule, String after) {
    return schedule.next(Instant.parse(after)).orElseThrow();
  }

  @ParameterizedTest
  @Covers("F22")
  @CsvSource({
    "30 2 * * *, Europe/Berlin, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z",
    "30 2 * * *, Europe/Berlin, 2026-03-29T01:00:00Z, 2026-03-30T00:30:00Z",
    "30 2 * * *, Europe/Berlin, 2026-10-24T12:00:00Z, 2026-10-25T00:30:00Z",
    "30 2 * * *, Europe/Berlin, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
    "0 12 * * *, Pacific/Apia, 2011-12-29T22:30:00Z, 2011-12-30T10:00:00Z",
    "0 12 * * *, Pacific/Apia, 2011-12-30T10:00:00Z, 2011-12-30T22:00:00Z",
    "0 0 31 * *, UTC, 2026-04-01T00:00:00Z, 2026-05-31T00:00:00Z",
    "0 0 29 2 *, UTC, 2026-04-01T00:00:00Z, 2028-02-29T00:00:00Z",
    "@daily, Asia/Kathmandu, 2026-04-01T00:00:00Z, 2026-04-01T18:15:00Z",
    "0 0 * * 7, UTC, 2026-11-02T00:00:00Z, 2026-11-08T00:00:00Z",
    "0 0 13 * 5, UTC, 2026-11-07T00:00:00Z, 2026-11-13T00:00:00Z",
    "0 0 1 * MON, UTC, 2026-11-03T00:00:00Z, 2026-11-09T00:00:00Z"
  })
  void slotIsWhereTheRulesPutIt(String cron, String zone, String after, String expected) {
    Instant slot = next(schedule(cron, zone), after);

    assertThat(slot).isEqualTo(Instant.parse(expected));
  }

  /// Every change of every zone's clock in six years, with the slots of the days around it.
  @Test
  @Covers("F22")
  void everyLocalSlotRunsOnceAroundEveryClockChange() {
    int changes = 0;
    Set<ZoneRules> seen = new HashSet<>();
    for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      ZoneId zone = ZoneId.of(id);
      if (!seen.add(zone.getRules())) {
        continue;
      }
      Instant end = Instant.parse("2030-01-01T00:00:00Z");
      ZoneOffsetTransition change =
          zone.getRules().nextTransition(Instant.parse("2024-01-01T00:00:00Z"));
      while (change != null && change.getInstant().isBefore(end)) {
        for (String cron : new String[] {"30 2 * * *", "0 0 * * *", "15,45 1-3 * * *"}) {
          assertThat(slots(schedule(cron, id), change))
              .as("%s %s at %s", cron, id, change)
              .isEqualTo(expected(cron, zone, change));
        }
        changes++;
        change = zone.getRules().nextTransition(change.getInstant());
      }
    }
    assertThat(changes).isGreaterThan(300);
  }

  private static List<Instant> slots(Schedule schedule, ZoneOffsetTransition change) {
    List<Instant> slots = new ArrayList<>();
    Instant last = change.getInstant().plusSeconds(86_400);
    Optional<Instant> slot = schedule.next(change.getInstant().minusSeconds(86_400));
    while (slot.isPresent() && !slot.get().isAfter(last)) {
      slots.add(slot.get());
      slot = schedule.next(slot.get());
    }
    return slots;
  }

  /// The rule, word by word: each quarter of the local clock once, gaps at their end, overlaps at
  /// their first showing.
  private static List<Instant> expected(String cron, ZoneId zone, ZoneOffsetTransition change) {
    Instant first = change.getInstant().minusSeconds(86_400);
    Instant last = change.getInstant().plusSeconds(86_400);
    TreeSet<Instant> slots = new TreeSet<>();
    LocalDateTime local =
        LocalDateTime.ofInstant(first, zone).minusDays(1).truncatedTo(ChronoUnit.HOURS);
    LocalDateTime end = LocalDateTime.ofInstant(last, zone).plusDays(1);
    for (; local.isBefore(end); local = local.plusMinutes(15)) {
      if (matches(cron, local)) {
        Instant slot = instant(local, zone);
        if (slot.isAfter(first) && !slot.isAfter(last)) {
          slots.add(slot);
        }
      }
    }
    return List.copyOf(slots);
  }

  private static boolean matches(String cron, LocalDateTime local) {
    return switch (cron) {
      case "30 2 * * *" -> local.getHour() == 2 && local.getMinute() == 30;
      case "0 0 * * *" -> local.getHour() == 0 && local.getMinute() == 0;
      default ->
          local.getHour() >= 1
              && local.getHour() <= 3
              && (local.getMinute() == 15 || local.getMinute() == 45);
    };
  }

  private static Instant instant(LocalDateTime local, ZoneId zone) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    return switch (offsets.size()) {
      case 0 -> zone.getRules().getTransition(local).getInstant();
      case 1 -> local.toInstant(offsets.getFirst());
      default -> {
        Instant one = local.toInstant(offsets.get(0));
        Instant other = local.toInstant(offsets.get(1));
        yield one.isBefore(other) ? one : other;
      }
    };
  }

  @Test
  void slotThatNeverComesIsNoSlot() {
    assertThat(schedule("0 0 30 2 *", "UTC").next(Instant.parse("2026-01-01T00:00:00Z"))).isEmpty();
  }

  @Test
  void jitterIsStableByWorkloadAndSpreadOverWorkloads() {
    TreeSet<Instant> slots = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      WorkloadKey key = WorkloadKey.of("StatefulSet", "shop", "db-" + i);
      Cron cron = Cron.parse("H H(1-4) * * *").orThrow();
      Schedule schedule = new Schedule(cron, ZoneOffset.UTC, Optional.empty(), key);
      Instant slot = next(schedule, "2026-01-01T00:00:00Z");

      assertThat(slot).isEqualTo(next(schedule, "2026-01-01T00:00:00Z"));
      assertThat(slot.atOffset(ZoneOffset.UTC).getHour()).isBetween(1, 4);
      slots.add(slot);
    }
    assertThat(slots).hasSizeGreaterThan(100);
  }

  @Test
  void slotsOutsideTheWindowDoNotExist() {
    Window night = Window.parse("22:00-05:00").orThrow();
    Schedule schedule =
        new Schedule(Cron.parse("0 */3 * * *").orThrow(), ZoneOffset.UTC, Optional.of(night), KEY);

    assertThat(next(schedule, "2026-01-01T00:00:00Z")).isEqualTo("2026-01-01T03:00:00Z");
    assertThat(next(schedule, "2026-01-01T03:00:00Z")).isEqualTo("2026-01-02T00:00:00Z");
    assertThat(next(schedule, "2026-01-01T12:00:00Z")).isEqualTo("2026-01-02T00:00:00Z");
  }

  @Test
  void windowThatNoSlotMeetsLeavesNone() {
    Window noon = Window.parse("12:00-13:00").orThrow();
    Schedule schedule =
        new Schedule(Cron.parse("0 3 * * *").orThrow(), ZoneOffset.UTC, Optional.of(noon), KEY);

    assertThat(schedule.next(LocalDate.of(2026, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC)))
        .isEmpty();
  }
}
