package dev.muster.auditor.coverage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The verdict on every volume of a cluster, at one moment.
///
/// @param storeRead whether recovery points could be looked at; without them what asks for
///   protection is `Unknown`
/// @param gaps what of the cluster or of other tools could not be read, with the next step
public record CoverageReport(
    String cluster, Instant at, boolean storeRead, List<Line> volumes, List<String> gaps) {

  public CoverageReport {
    volumes = List.copyOf(volumes);
    gaps = List.copyOf(gaps);
  }

  /// The same without what could not be read, which may be somebody else's: only that there is
  /// such.
  public CoverageReport withoutGaps() {
    List<String> told =
        gaps.isEmpty()
            ? List.of()
            : List.of(
                "something could not be read (%d): whoever may list the claims of all namespaces is told what"
                    .formatted(gaps.size()));
    return new CoverageReport(cluster, at, storeRead, volumes, told);
  }

  /// The same, of some of its volumes.
  public CoverageReport of(List<Line> some) {
    return new CoverageReport(cluster, at, storeRead, some, gaps);
  }

  /// One volume. Times are absent where there is nothing to tell.
  ///
  /// @param volume `PersistentVolumeClaim`; `template` for one to come; `PersistentVolume` for one
  ///   without a claim; `hostPath`, `emptyDir`, `nfs`, ... for what a Pod mounts without a claim;
  ///   `Service`, or a kind of an operator with its group, for data outside of the cluster
  /// @param phase of the claim or volume: `Bound`, `Pending`, `Lost`, `Released`, ..., or empty; of
  ///   a database outside of the cluster what its provider says
  /// @param persistentVolume behind a claim
  /// @param reclaimPolicy what becomes of that once the claim is gone: `Delete` or `Retain`
  /// @param workload `StatefulSet/db`, or empty for a claim that nobody uses
  /// @param owners from what uses it up to what deployed it
  /// @param points of Muster and of other tools
  /// @param newestOf who has the newest point: `Muster`, or another tool and its object
  /// @param problems values of the contract that were refused
  /// @param facts that the verdict rests on
  public record Line(
      String volume,
      String namespace,
      String name,
      String phase,
      @Nullable String storageClass,
      @Nullable String size,
      String persistentVolume,
      String reclaimPolicy,
      @Nullable Instant created,
      String workload,
      List<String> owners,
      String engine,
      String plan,
      String verdict,
      String reason,
      String message,
      String nextStep,
      int points,
      @Nullable Instant newestPoint,
      @Nullable String newestOf,
      @Nullable Instant lastVerifiedAt,
      @Nullable Instant lastProvenAt,
      @Nullable Failure lastFailure,
      @Nullable Duration rpo,
      List<String> problems,
      VerdictFacts facts) {

    public Line {
      owners = List.copyOf(owners);
      problems = List.copyOf(problems);
    }

    /// Whether a point within its promise exists.
    public boolean covered() {
      return switch (verdict) {
        case "Proven", "Verified", "Sealed" -> true;
        default -> false;
      };
    }

    /// Whether nobody needs to do anything.
    public boolean settled() {
      return covered()
          || verdict.equals("Excluded")
          || (verdict.equals("Waived") && reason.equals("waived"));
    }
  }

  /// The last run that failed.
  public record Failure(Instant at, String reason, String detail) {}

  /// How many volumes have each verdict.
  public Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    volumes.forEach(line -> counts.merge(line.verdict(), 1, Integer::sum));
    return counts;
  }
}
