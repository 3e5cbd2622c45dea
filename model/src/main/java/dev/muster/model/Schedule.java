package dev.muster.model;

import com.cronutils.model.time.ExecutionTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/// When a workload's slots are.
///
/// A slot that the clock skips runs at the first instant after the gap; several of one gap run
/// once. A slot that the clock shows twice runs at the first of the two. Slots outside the window
/// do not exist.
public record Schedule(Cron cron, ZoneId zone, Optional<Window> window, WorkloadKey jitter) {
  /// 29 February on a given weekday comes back within 40 years.
  private static final int HORIZON_YEARS = 41;

  /// The first slot after the instant; empty where there is none.
  public Optional<Instant> next(Instant after) {
    ExecutionTime slots = ExecutionTime.forCron(cron.compiled(jitter));
    LocalDateTime local = LocalDateTime.ofInstant(after, zone);
    LocalDateTime horizon = local.plusYears(HORIZON_YEARS);
    while (local.isBefore(horizon)) {
      Optional<LocalDateTime> slot = nextLocal(slots, local);
      if (slot.isEmpty()) {
        return Optional.empty();
      }
      local = slot.get();
      if (outsideWindow(local)) {
        local = beforeNextWindow(local);
        continue;
      }
      Instant instant = instantOf(local);
      if (instant.isAfter(after)) {
        return Optional.of(instant);
      }
    }
    return Optional.empty();
  }

  /// The library computes on a clock without changes; the changes are our own rule.
  private static Optional<LocalDateTime> nextLocal(ExecutionTime slots, LocalDateTime after) {
    return slots.nextExecution(after.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
  }

  private boolean outsideWindow(LocalDateTime local) {
    return window.isPresent() && !window.get().contains(local.toLocalTime());
  }

  private LocalDateTime beforeNextWindow(LocalDateTime local) {
    LocalDateTime start = local.with(window.orElseThrow().from());
    LocalDateTime next = start.isAfter(local) ? start : start.plusDays(1);
    return next.minus(1, ChronoUnit.SECONDS);
  }

  private Instant instantOf(LocalDateTime local) {
    ZoneOffsetTransition transition = zone.getRules().getTransition(local);
    if (transition != null && transition.isGap()) {
      return transition.getInstant();
    }
    return local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }
}
