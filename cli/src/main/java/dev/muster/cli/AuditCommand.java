package dev.muster.cli;

import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.evidence.OtherTools;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.report.Audit;
import dev.muster.auditor.report.Baseline;
import dev.muster.auditor.report.ReportFormat;
import dev.muster.auditor.report.Sources;
import dev.muster.cluster.Cluster;
import dev.muster.policies.PolicyInForce;
import dev.muster.repository.BackupStore;
import dev.muster.repository.MalformedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Judges every volume by what cluster and store say now, without asking any part of Muster.
@Command(
    name = "audit",
    description =
        "Every volume with its verdict and the reason, of a cluster or of manifests before they reach"
            + " one. Ends with 0, with 1 if somebody needs to act, with 2 if the audit itself failed.",
    exitCodeOnExecutionException = Exit.BAD_INPUT,
    mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {

  /// Of what has not been deployed more cannot be asked than that somebody will protect it.
  private static final Set<String> AHEAD = Set.of("Unknown", "Unprotected");

  private final Map<String, String> environment;
  private final InstantSource clock = InstantSource.system();
  @Mixin private GlobalOptions options = new GlobalOptions();
  @Mixin private PolicyOption policy = new PolicyOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "PATH",
      arity = "0..1",
      description =
          "A file or folder of manifests, or - for what is piped in. Without: the cluster.")
  private @Nullable String path;

  @Mixin private AuditScope scope = new AuditScope();
  @Mixin private AuditOutput output = new AuditOutput();

  @Option(names = "--no-store", description = "Do not look at recovery points.")
  private boolean noStore;

  @Option(
      names = "--fail-on",
      paramLabel = "VERDICT",
      split = ",",
      converter = VerdictOption.class,
      completionCandidates = VerdictOption.Names.class,
      description =
          "End with 1 where a volume has one of these verdicts. Default: all that somebody needs to"
              + " act on; with PATH Unknown and Unprotected.")
  private Set<String> failOn = Set.of();

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description =
          "An earlier report of -o json: what it says of a volume with the same verdict and reason"
              + " does not end with 1.")
  private @Nullable Path baseline;

  AuditCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Baseline before = baseline();
    try (Session session = new Session(options, environment)) {
      if (path != null) {
        session.offline();
      }
      try (PolicyInForce inForce = policy.open(session)) {
        Audit audit =
            path == null ? live(session, inForce, before) : ahead(session, inForce, path, before);
        print(audit);
        output.save(audit);
        return code(audit);
      }
    }
  }

  private int code(Audit audit) {
    int fresh = audit.findings(Audit.Novelty.NEW).size();
    if (baseline != null) {
      int known = audit.findings(Audit.Novelty.KNOWN).size();
      spec.commandLine()
          .getErr()
          .println(
              "muster: %d of %d findings were known in %s"
                  .formatted(known, fresh + known, baseline));
    }
    return fresh > 0 ? Exit.FAILED : Exit.OK;
  }

  private Baseline baseline() {
    if (baseline == null) {
      return Baseline.none();
    }
    try {
      return Baseline.read(Files.readAllBytes(baseline), baseline.toString());
    } catch (IOException | MalformedException e) {
      throw new BadInput(
          "cannot read the baseline %s (%s): name a report that muster audit -o json has written"
              .formatted(baseline, e.getMessage()),
          e);
    }
  }

  private boolean fails(CoverageReport.Line line) {
    if (!failOn.isEmpty()) {
      return failOn.contains(line.verdict());
    }
    return path == null ? !line.settled() : AHEAD.contains(line.verdict());
  }

  private Audit ahead(Session session, PolicyInForce inForce, String path, Baseline before) {
    AuditedManifests manifests =
        AuditedManifests.of(path, scope.namespace == null ? "default" : scope.namespace);
    CoverageReport report =
        Coverage.ahead(session.configuration(), session.profiles(), inForce, clock)
            .report(manifests.inventory(), Findings.none());
    return new Audit(
        scope.of(report, manifests.inventory()),
        this::fails,
        before,
        manifests.sources(),
        List.of());
  }

  private Audit live(Session session, PolicyInForce inForce, Baseline before) {
    Cluster cluster = session.cluster();
    String named = scope.namespace;
    String only = named == null ? null : NamespaceName.in(cluster, named).getMetadata().getName();
    Coverage coverage =
        Coverage.of(
            session.configuration(),
            session.profiles(),
            inForce,
            session.clusterUid(),
            store(session),
            session.pinned(),
            clock);
    Inventory inventory = Inventory.list(cluster, only);
    OtherTools others = new OtherTools(cluster, session.configuration().evidence(), clock);
    CoverageReport report = coverage.report(inventory, others.of(inventory));
    return new Audit(scope.of(report, inventory), this::fails, before, Sources.none(), List.of());
  }

  /// Without a credential the audit still says what asks for protection, and that it is unknown.
  private Optional<BackupStore> store(Session session) {
    if (noStore) {
      return Optional.empty();
    }
    try {
      return Optional.of(session.store());
    } catch (BadInput e) {
      spec.commandLine()
          .getErr()
          .println("muster: recovery points were not looked at: " + e.getMessage());
      return Optional.empty();
    }
  }

  private void print(Audit audit) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    CoverageReport report = audit.report();
    report.gaps().forEach(gap -> err.println("muster: " + Terminal.line(gap)));
    Audit shown = output.shown(audit);
    Optional<ReportFormat> document = output.document();
    if (document.isPresent()) {
      out.print(new String(document.get().render(shown), StandardCharsets.UTF_8));
    } else {
      table(shown.report()).print(out);
      out.println(summary(report, shown.report().volumes().size()));
    }
    out.flush();
  }

  private Table table(CoverageReport report) {
    List<AuditColumn> columns = AuditColumn.of(output.wide());
    Table table = new Table(columns.stream().map(AuditColumn::name).toArray(String[]::new));
    for (CoverageReport.Line line : report.volumes()) {
      table.row(columns.stream().map(column -> column.cell(line, report)).toArray(String[]::new));
    }
    return table;
  }

  /// Counts all, also what is not shown.
  private String summary(CoverageReport report, int shown) {
    int all = report.volumes().size();
    return report.counts().entrySet().stream()
            .map(count -> count.getValue() + " " + count.getKey())
            .collect(Collectors.joining(", "))
        + (report.storeRead() || path != null ? "" : " (no store was read)")
        + (shown == all ? "" : " (%d of %d shown)".formatted(shown, all));
  }
}
