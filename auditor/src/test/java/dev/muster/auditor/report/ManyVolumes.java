package dev.muster.auditor.report;

import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.coverage.CoverageReport.Line;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// A large cluster: a namespace for each fifty volumes, all verdicts.
final class ManyVolumes {
  private static final List<String> ENGINES =
      List.of("postgresql", "mariadb", "", "redis", "kafka");
  private static final List<String> CLASSES = List.of("fast", "bulk", "longhorn");

  private ManyVolumes() {}

  static CoverageReport of(int count) {
    List<Line> lines =
        IntStream.range(0, count)
            .mapToObj(ManyVolumes::volume)
            .sorted(
                Comparator.<Line>comparingInt(line -> Coverage.WORST_FIRST.indexOf(line.verdict()))
                    .thenComparing(Line::namespace)
                    .thenComparing(Line::name))
            .toList();
    return new CoverageReport("large", Volume.NOW, true, lines, List.of());
  }

  private static Line volume(int i) {
    String verdict = Coverage.WORST_FIRST.get(i % Coverage.WORST_FIRST.size());
    return Volume.named("team-%03d".formatted(i / 50), "data-service-%05d-0".formatted(i))
        .of("StatefulSet/service-%05d".formatted(i), ENGINES.get(i % 5))
        .storage(CLASSES.get(i % 3), (1 + i % 900) + "Gi")
        .plan("daily", Duration.ofHours(24))
        .points(
            i % 40,
            Duration.ofMinutes(i % 5000),
            i % 2 == 0 ? "Muster" : "Velero DataUpload/d-" + i)
        .is(
            verdict,
            "reason-" + verdict.toLowerCase(java.util.Locale.ROOT),
            "the newest recovery point of this volume is what it is, and here it is told",
            "see why no run was due or started")
        .line();
  }
}
