package dev.muster.auditor;

import dev.muster.auditor.contract.ClusterView;
import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.coverage.StandingAudit;
import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.evidence.OtherTools;
import dev.muster.auditor.inventory.Facts;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.inventory.Kind;
import dev.muster.auditor.inventory.ObjectReader;
import dev.muster.cluster.Change;
import dev.muster.cluster.ObjectName;
import dev.muster.http.Metrics;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Judges what changed soon, and everything once in a while, and shows how many volumes have which
/// verdict.
final class CoverageRound {
  private static final Logger log = LoggerFactory.getLogger(CoverageRound.class);

  /// The store is asked again, and promises run out.
  private static final Duration ALL = Duration.ofSeconds(60);

  /// Other tools may have ten thousand objects, which change as seldom as backups end.
  private static final Duration LOOK = Duration.ofMinutes(5);

  /// A change that was lost, or an object that could not be read then, is not lost for good.
  private static final Duration ANEW = Duration.ofMinutes(15);

  private final Coverage coverage;
  private final OtherTools others;
  private final InstantSource clock;
  private final ObjectReader reader = new ObjectReader();
  private final Queue<Change<? extends HasMetadata>> changes = new ConcurrentLinkedQueue<>();
  private Findings found = Findings.none();
  private Instant nextAll = Instant.MIN;
  private Instant nextLook = Instant.MIN;
  private Instant nextAnew = Instant.MIN;
  private @Nullable StandingAudit audit;
  private volatile Optional<CoverageReport> latest = Optional.empty();

  CoverageRound(Coverage coverage, OtherTools others, InstantSource clock, Metrics metrics) {
    this.coverage = coverage;
    this.others = others;
    this.clock = clock;
    for (String verdict : Coverage.WORST_FIRST) {
      metrics.gauge("muster.volumes", () -> counts().getOrDefault(verdict, 0), "verdict", verdict);
    }
    metrics.gauge(
        "muster.coverage.judged.seconds",
        () -> latest.map(report -> report.at().getEpochSecond()).orElse(0L));
  }

  /// Hears every change, before the first round too.
  void changed(Change<? extends HasMetadata> change) {
    boolean resync =
        change instanceof Change.Present<?> present
            && present
                .before()
                .map(before -> version(before).equals(version(change.object())))
                .orElse(false);
    if (!resync) {
      changes.add(change);
    }
  }

  private static String version(HasMetadata object) {
    return String.valueOf(object.getMetadata().getResourceVersion());
  }

  /// For one thread.
  ///
  /// @param view what is heard of changes of
  void judge(ClusterView view) {
    Instant now = clock.instant();
    StandingAudit mine = standing(view, now);
    boolean changed = apply(mine);
    if (!now.isBefore(nextAll)) {
      look(mine.inventory(), now);
      mine.again(found);
      nextAll = now.plus(ALL);
    } else if (!changed) {
      return;
    }
    latest = Optional.of(mine.report());
  }

  private StandingAudit standing(ClusterView view, Instant now) {
    StandingAudit mine = audit;
    if (mine == null || !now.isBefore(nextAnew)) {
      // Changes that are heard meanwhile are put on top.
      Inventory inventory = new Inventory();
      view.objects().forEach(object -> facts(object, inventory).ifPresent(inventory::put));
      mine = new StandingAudit(coverage, inventory);
      audit = mine;
      nextAnew = now.plus(ANEW);
      nextAll = Instant.MIN;
    }
    return mine;
  }

  private void look(Inventory inventory, Instant now) {
    if (!now.isBefore(nextLook)) {
      found = others.of(inventory);
      nextLook = now.plus(LOOK);
    }
  }

  private boolean apply(StandingAudit to) {
    boolean any = false;
    for (var change = changes.poll(); change != null; change = changes.poll()) {
      any = true;
      switch (change) {
        case Change.Present<?> present ->
            facts(present.object(), to.inventory()).ifPresent(to::put);
        case Change.Gone<?> gone -> {
          to.inventory().noLongerUnread(said(gone.object()));
          Kind.of(gone.object().getApiVersion(), gone.object().getKind())
              .ifPresent(kind -> to.remove(kind, ObjectName.of(gone.object())));
        }
      }
    }
    return any;
  }

  /// One object that cannot be read must not keep all others out of the report, which names it.
  private Optional<Facts> facts(HasMetadata object, Inventory of) {
    String said = said(object);
    try {
      Optional<Facts> facts = reader.read(object);
      of.noLongerUnread(said);
      return facts;
    } catch (RuntimeException e) {
      log.error("{} is not judged: {}", said, e.getMessage());
      of.unread(said, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static String said(HasMetadata object) {
    return object.getKind() + " " + ObjectName.of(object);
  }

  Optional<CoverageReport> latest() {
    return latest;
  }

  private Map<String, Integer> counts() {
    return latest.map(CoverageReport::counts).orElse(Map.of());
  }
}
