package dev.muster.auditor.reportobject;

import dev.muster.auditor.heal.Pace;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes away the report objects of a time when they were wanted: nobody would correct what they
/// say. For one thread.
public final class FormerReports {
  private static final Logger log = LoggerFactory.getLogger(FormerReports.class);
  private static final Duration ANEW = Duration.ofMinutes(15);

  private final OwnReports own;
  private final BooleanSupplier leads;
  private final Pace pace;
  private final InstantSource clock;
  private List<String> left = List.of();
  private Instant nextLook = Instant.MIN;

  /// @param pace between deletions
  public FormerReports(Cluster cluster, BooleanSupplier leads, Pace pace, InstantSource clock) {
    this.own = new OwnReports(cluster);
    this.leads = leads;
    this.pace = pace;
    this.clock = clock;
  }

  /// Deletes what is there, as long as this replica leads, and looks again after a while. Throws
  /// where the server does not answer: the next call tries again.
  ///
  /// @return why single objects, or all of a kind, are still there
  public List<String> remove() {
    if (!leads.getAsBoolean()) {
      nextLook = Instant.MIN;
      return List.of();
    }
    if (!clock.instant().isBefore(nextLook)) {
      List<String> found = new ArrayList<>();
      for (ReportKind kind : ReportKind.values()) {
        remove(kind, found);
      }
      left = List.copyOf(found);
      nextLook = clock.instant().plus(ANEW);
    }
    return left;
  }

  private void remove(ReportKind kind, List<String> failed) {
    try {
      List<ObjectMeta> ours = own.of(kind).orElse(List.of());
      if (!ours.isEmpty()) {
        log.info(
            "{} {} of {} namespaces are removed: reports.objects is false",
            kind.resource(),
            ReportObject.NAME,
            ours.size());
      }
      own.delete(kind, ours, () -> leads.getAsBoolean() && pace.next(), failed);
    } catch (ClusterException.Unreachable e) {
      throw e;
    } catch (ClusterException e) {
      failed.add(String.valueOf(e.getMessage()));
    }
  }
}
