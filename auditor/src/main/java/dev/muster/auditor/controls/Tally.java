package dev.muster.auditor.controls;

import dev.muster.auditor.coverage.VolumeSight;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts what one control says.
final class Tally {
  private final String id;
  private final Map<Status, Integer> counts = new EnumMap<>(Status.class);
  private final List<ControlReport.Failing> failing = new ArrayList<>();
  private final Map<Why, Integer> missing = new LinkedHashMap<>();

  private record Why(String reason, String nextStep) {}

  Tally(String id) {
    this.id = id;
  }

  void add(VolumeSight sight, ControlResult result) {
    counts.merge(result.status(), 1, Integer::sum);
    switch (result.status()) {
      case FAIL -> failing.add(failing(sight, result));
      case NOT_EVALUATED ->
          missing.merge(new Why(result.reason(), result.nextStep()), 1, Integer::sum);
      case PASS, WAIVED, NOT_APPLICABLE -> {}
    }
  }

  private static ControlReport.Failing failing(VolumeSight sight, ControlResult result) {
    return new ControlReport.Failing(
        sight.volume().kind(),
        sight.volume().namespace(),
        sight.volume().name(),
        sight.user(),
        result.reason(),
        result.nextStep());
  }

  ControlReport.Control control() {
    return new ControlReport.Control(
        id,
        count(Status.PASS),
        count(Status.FAIL),
        count(Status.WAIVED),
        count(Status.NOT_EVALUATED),
        count(Status.NOT_APPLICABLE),
        failing,
        missing.entrySet().stream()
            .map(each ->
                new ControlReport.Missing(
                    each.getKey().reason(), each.getKey().nextStep(), each.getValue()))
            .toList());
  }

  private int count(Status status) {
    return counts.getOrDefault(status, 0);
  }
}
