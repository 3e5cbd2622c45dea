package dev.muster.auditor.reportobject;

import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.heal.Pace;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.ObjectName;
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
  private final String own;
  private final BooleanSupplier leads;
  private final Pace pace;
  private final InstantSource clock;
  private final Map<String, String> written = new HashMap<>();
  private Optional<ReportKind> kind = Optional.empty();
  private boolean told;
  private Instant nextLook = Instant.MIN;

  /// @param own Muster's namespace, which also tells of volumes that belong to none
  /// @param pace between writes
  public ReportObjects(
      Cluster cluster, String own, BooleanSupplier leads, Pace pace, InstantSource clock) {
    this.cluster = cluster;
    this.own = own;
    this.leads = leads;
    this.pace = pace;
    this.clock = clock;
  }

  /// Writes what differs, as long as this replica leads; what was not written comes with the next
  /// report. Throws where nothing can be written.
  ///
  /// @param exists whether there is such a namespace: a volume may outlive that of its claim
  /// @return why single objects were not written
  public List<String> write(CoverageReport report, Predicate<String> exists) {
    if (!leads.getAsBoolean()) {
      nextLook = Instant.MIN; // another one writes meanwhile
      return List.of();
    }
    if (!clock.instant().isBefore(nextLook)) {
      look();
      nextLook = clock.instant().plus(ANEW);
    }
    return kind.map(to -> write(to, byNamespace(report, exists))).orElse(List.of());
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
    for (ReportKind each : ReportKind.values()) {
      Optional<List<ObjectMeta>> ours = cluster.listMetadata(each.resource(), ReportObject.LABELS);
      if (found.isEmpty() && ours.isPresent()) {
        found = Optional.of(each);
        take(ours.get());
      } else {
        // Of a time before the preferred kind was there.
        ours.orElse(List.of()).forEach(old -> delete(each, old.getNamespace()));
      }
    }
    tell(found);
    kind = found;
  }

  private void take(List<ObjectMeta> ours) {
    written.clear();
    for (ObjectMeta each : ours) {
      if (each.getName().equals(ReportObject.NAME)) {
        written.put(each.getNamespace(), ReportObject.digest(each));
      }
    }
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

  private List<String> write(ReportKind to, Map<String, List<CoverageReport.Line>> namespaces) {
    List<String> failed = new ArrayList<>();
    namespaces.forEach((namespace, lines) -> {
      Content content = Content.of(lines);
      if (!content.digest().equals(written.get(namespace))) {
        put(to, namespace, content).ifPresent(failed::add);
      }
    });
    TreeSet<String> empty = new TreeSet<>(written.keySet());
    empty.removeAll(namespaces.keySet());
    empty.forEach(namespace -> delete(to, namespace));
    return failed;
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

  private void delete(ReportKind of, String namespace) {
    if (turn()) {
      cluster.delete(of.type(), ObjectName.in(namespace, ReportObject.NAME));
      written.remove(namespace);
    }
  }

  private boolean turn() {
    return leads.getAsBoolean() && pace.next();
  }
}
