package dev.muster.auditor.change;

import dev.muster.auditor.contract.ClusterView;
import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.cluster.Events;
import dev.muster.cluster.ObjectName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the verdicts that changed as Events: on the claim, or on the workload where there is none
/// yet. A store that is away changes all verdicts at once, so one report brings only some. For one
/// thread.
public final class ChangeEvents {
  private static final Logger log = LoggerFactory.getLogger(ChangeEvents.class);
  private static final String REASON = "VerdictChanged";
  private static final int MOST = 50;

  private final Events events;
  private final String own;
  private final BooleanSupplier leads;
  private final VerdictChanges changes = new VerdictChanges();

  /// @param own Muster's namespace, on which the rest is counted
  public ChangeEvents(Events events, String own, BooleanSupplier leads) {
    this.events = events;
    this.own = own;
    this.leads = leads;
  }

  /// To be called with each report, also where another replica tells it: whoever leads next knows
  /// what was before.
  public void tell(CoverageReport report, ClusterView view) {
    List<VerdictChange> all = changes.in(report);
    if (all.isEmpty() || !leads.getAsBoolean()) {
      return;
    }
    all.stream().limit(MOST).forEach(change -> tell(change, view));
    if (all.size() > MOST) {
      rest(all.subList(MOST, all.size()), view);
    }
  }

  private void tell(VerdictChange change, ClusterView view) {
    CoverageReport.Line line = change.line();
    log.info("{} {}/{}: {}", line.volume(), line.namespace(), line.name(), change.text());
    Events.Type type = line.settled() ? Events.Type.NORMAL : Events.Type.WARNING;
    about(line, view)
        .ifPresent(
            object -> events.tell(object, type, REASON, named(line, object) + change.text()));
  }

  private static Optional<HasMetadata> about(CoverageReport.Line line, ClusterView view) {
    boolean global = line.volume().equals("PersistentVolume");
    ObjectName name = new ObjectName(global ? null : line.namespace(), line.name());
    return view.find(line.volume(), name).or(() -> workload(line, view));
  }

  private static Optional<HasMetadata> workload(CoverageReport.Line line, ClusterView view) {
    int slash = line.workload().indexOf('/');
    return slash < 0
        ? Optional.empty()
        : view.find(
            line.workload().substring(0, slash),
            ObjectName.in(line.namespace(), line.workload().substring(slash + 1)));
  }

  /// A workload may have several volumes.
  private static String named(CoverageReport.Line line, HasMetadata object) {
    return object.getKind().equals(line.volume()) ? "" : line.volume() + " " + line.name() + ": ";
  }

  private void rest(List<VerdictChange> rest, ClusterView view) {
    Map<String, Long> to =
        rest.stream()
            .collect(
                Collectors.groupingBy(
                    change -> change.line().verdict(), TreeMap::new, Collectors.counting()));
    String text =
        rest.size()
            + " more volumes have another verdict now, by verdict "
            + to
            + "; ask muster audit";
    log.warn("{}", text);
    view.namespace(own).ifPresent(object -> events.tell(object, Events.Type.WARNING, REASON, text));
  }
}
