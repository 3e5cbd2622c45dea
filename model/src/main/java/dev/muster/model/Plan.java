package dev.muster.model;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// A plan of the configuration: what holds for a workload that says nothing else.
public record Plan(
    String name,
    Method method,
    Cron schedule,
    ZoneId timeZone,
    Optional<Window> window,
    Duration rpo,
    Duration rto,
    Retention retention,
    List<String> stores,
    Optional<Cron> drill,
    DrillSelect drillSelect,
    Consistency consistency) {

  public Plan {
    stores = List.copyOf(stores);
  }
}
