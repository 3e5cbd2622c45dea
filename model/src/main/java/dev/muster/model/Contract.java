package dev.muster.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What holds for one workload or claim after namespace, workload, claim, plan and defaults were
/// put together. A value that was refused is absent here and named in the reading's problems.
///
/// @param protect empty where nobody said anything
/// @param schedule empty without a plan and without a key
/// @param drill empty for `off`
public record Contract(
    Optional<Boolean> protect,
    Optional<Waiver> waiver,
    Optional<String> plan,
    Method method,
    EngineChoice engine,
    Optional<Schedule> schedule,
    Optional<Duration> rpo,
    Optional<Duration> rto,
    Optional<Retention> retention,
    List<String> stores,
    Optional<Schedule> drill,
    DrillSelect drillSelect,
    Consistency consistency,
    Optional<String> container,
    Databases databases,
    List<String> excludeVolumes,
    Hooks hooks,
    Optional<String> check,
    Optional<String> run,
    Optional<String> drillRun) {

  public Contract {
    stores = List.copyOf(stores);
    excludeVolumes = List.copyOf(excludeVolumes);
  }
}
