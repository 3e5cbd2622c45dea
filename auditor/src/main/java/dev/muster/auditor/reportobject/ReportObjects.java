package dev.muster.auditor.reportobject;

import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.heal.Pace;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one report object in each namespace with volumes. What the server already says is not
/// written again, also after a start. For one thread.
public final class ReportObjects {
  private static final Logger log = LoggerFactory.getLogger(ReportObjects.class);

  /// Kinds come and go, and somebody may delete a report.
  private static final Duration ANEW = Duration.ofMinutes(15);

  private final Cluster cluster;
  private final OwnReports ours;
  private final String own;
  private final BooleanSupplier leads;
  private final Pace pace;
  private final InstantSource clock;
  private final Map<String, String> written = new HashMap<>();
  private Optional<ReportKind> kind = Optional.empty();
  private List<String> left = List.of();
  private boolean told;
  private Instant nextLook = Instant.MIN;

  /// @param own Muster's namespace, which also tells of volumes that belong to none
  /// @param pace between writes
  public ReportObjects(
      Cluster cluster, String own, BooleanSupplier leads, Pace pace, InstantSource clock) {
    this.cluster = cluster;
    this.ours = new OwnReports(cluster);
    this.own = own;
    this.leads = leads;
    this.pace = pace;
    this.clock = clock;
  }

  /// Writes what differs, as long as this replica leads; what was not written comes with the next
  /// report. Throws where nothing can be written.
  ///
  /// @param exists whether there is such a namespace: a volume may outlive that of its claim
  /// @return why single objects were not written, or not deleted
  public List<String> write(CoverageReport report, Predicate<String> exists) {
    if (!leads.getAsBoolean()) {
      nextLook = Instant.MIN; // another one writes meanwhile
      return List.of();
    }
    if (!clock.instant().isBefore(nextLook)) {
      look();
      nextLook = clock.instant().plus(ANEW);
    }
    List<String> failed = new ArrayList<>(left);
    kind.ifPresent(to -> write(to, byNamespace(report, exists), failed));
    return failed;
  }

  private Map<String, List<CoverageReport.Line>> byNamespace(
      CoverageReport report, Predicate<String> exists) {
    Map<String, List<CoverageReport.Line>> all = new TreeMap<>();
    for (CoverageReport.Line line : report.volumes()) {
      boolean known = !line.namespace().isEmpty() && exists.test(line.namespace());
      all.computeIfAbsent(known ? line.namespace() : own, added -> new ArrayList<>()).add(line);
    }
    return all;
  }

  /// Which kind there is, and what it says already.
  private void look() {
    Optional<ReportKind> found = Optional.empty();
    List<String> failed = new ArrayList<>();
    for (ReportKind each : ReportKind.values()) {
      if (found.isPresent()) {
        succeeded(each, failed);
      } else {
        Optional<List<ObjectMeta>> before = ours.of(each);
        before.ifPresent(this::take);
        found = before.map(there -> each);
      }
    }
    tell(found);
    kind = found;
    left = List.copyOf(failed);
  }

  /// Of a time before the preferred kind was there.
  private void succeeded(ReportKind old, List<String> failed) {
    try {
      ours.delete(old, ours.of(old).orElse(List.of()), this::turn, failed);
    } catch (ClusterException e) { // what there is can be written all the same
      failed.add(String.valueOf(e.getMessage()));
    }
  }

  private void take(List<ObjectMeta> there) {
    written.clear();
    there.forEach(each -> written.put(each.getNamespace(), ReportObject.digest(each)));
  }

  private void tell(Optional<ReportKind> found) {
    if (told && found.equals(kind)) {
      return;
    }
    told = true;
    found.ifPresentOrElse(
        each -> log.info("the audit is told in {} {}", each.resource(), ReportObject.NAME),
        () ->
            log.info(
                "no report objects: the server has neither openreports.io/v1alpha1 nor"
                    + " wgpolicyk8s.io/v1alpha2; whichever is installed will be used"));
  }

  private void write(
      ReportKind to, Map<String, List<CoverageReport.Line>> namespaces, List<String> failed) {
    namespaces.forEach((namespace, lines) -> {
      Content content = Content.of(lines);
      if (!content.digest().equals(written.get(namespace))) {
        put(to, namespace, content).ifPresent(failed::add);
      }
    });
    TreeSet<String> empty = new TreeSet<>(written.keySet());
    empty.removeAll(namespaces.keySet());
    empty.forEach(namespace -> delete(to, namespace).ifPresent(failed::add));
  }

  private Optional<String> put(ReportKind to, String namespace, Content content) {
    if (!turn()) {
      return Optional.empty();
    }
    try {
      var unused = cluster.apply(to.of(namespace, content));
      written.put(namespace, content.digest());
      return Optional.empty();
    } catch (ClusterException.Forbidden | ClusterException.Unreachable e) {
      throw e; // it is the same for all
    } catch (ClusterException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> delete(ReportKind of, String namespace) {
    if (!turn()) {
      return Optional.empty();
    }
    Optional<String> refused = ours.delete(of, namespace);
    if (refused.isEmpty()) {
      written.remove(namespace);
    }
    return refused;
  }

  private boolean turn() {
    return leads.getAsBoolean() && pace.next();
  }
}
