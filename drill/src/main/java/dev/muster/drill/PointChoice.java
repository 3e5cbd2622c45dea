package dev.muster.drill;

import dev.muster.model.DrillSelect;
import dev.muster.model.PointId;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Picks the point of a drill.
final class PointChoice {
  private final RandomGenerator random;

  PointChoice(RandomGenerator random) {
    this.random = random;
  }

  Optional<PointId> pick(DrillSelect select, List<PointId> points) {
    List<PointId> sorted = points.stream().sorted().toList();
    if (sorted.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (select) {
          case LATEST -> sorted.getLast();
          case OLDEST -> sorted.getFirst();
          case RANDOM -> sorted.get(random.nextInt(sorted.size()));
        });
  }
}
