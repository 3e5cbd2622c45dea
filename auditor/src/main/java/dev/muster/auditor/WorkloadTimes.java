package dev.muster.auditor;

import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.coverage.CoverageReport;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is known of one workload's recovery points: of each time the oldest among its volumes.
/// Pure.
///
/// @param rank of its worst verdict, the lowest being the worst
record WorkloadTimes(
    String namespace,
    String workload,
    int rank,
    @Nullable Instant newestPoint,
    @Nullable Instant verified,
    @Nullable Instant proven) {

  private static final Comparator<WorkloadTimes> WORST_FIRST =
      Comparator.comparingInt(WorkloadTimes::rank)
          .thenComparing(
              WorkloadTimes::newestPoint, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
          .thenComparing(WorkloadTimes::namespace)
          .thenComparing(WorkloadTimes::workload);

  private record Key(String namespace, String workload) {}

  /// Of those that have any, worst first. Volumes that nobody wants backed up do not count.
  static Stream<WorkloadTimes> worstFirst(CoverageReport report) {
    Map<Key, WorkloadTimes> all = new LinkedHashMap<>();
    for (CoverageReport.Line line : report.volumes()) {
      if (!line.workload().isEmpty() && !line.verdict().equals("Excluded")) {
        all.merge(new Key(line.namespace(), line.workload()), of(line), WorkloadTimes::with);
      }
    }
    return worstFirst(all.values());
  }

  private static Stream<WorkloadTimes> worstFirst(Collection<WorkloadTimes> all) {
    return all.stream()
        .filter(
            each -> each.newestPoint() != null || each.verified() != null || each.proven() != null)
        .sorted(WORST_FIRST);
  }

  private static WorkloadTimes of(CoverageReport.Line line) {
    return new WorkloadTimes(
        line.namespace(),
        line.workload(),
        Coverage.WORST_FIRST.indexOf(line.verdict()),
        line.newestPoint(),
        line.lastVerifiedAt(),
        line.lastProvenAt());
  }

  private WorkloadTimes with(WorkloadTimes other) {
    return new WorkloadTimes(
        namespace,
        workload,
        Math.min(rank, other.rank),
        older(newestPoint, other.newestPoint),
        older(verified, other.verified),
        older(proven, other.proven));
  }

  /// A workload is as well as its worst volume: where only some have a time, the others never had.
  private static @Nullable Instant older(@Nullable Instant one, @Nullable Instant other) {
    if (one == null && other == null) {
      return null;
    }
    Instant first = Objects.requireNonNullElse(one, Instant.EPOCH);
    Instant second = Objects.requireNonNullElse(other, Instant.EPOCH);
    return first.isBefore(second) ? first : second;
  }
}
