package dev.muster.cli;

import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.report.Audit;
import dev.muster.auditor.report.Baseline;
import dev.muster.auditor.report.ReportFormat;
import dev.muster.policies.PolicyInForce;
import dev.muster.repository.MalformedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
  @Mixin private GlobalOptions options = new GlobalOptions();
  @Mixin private PolicyOption policy = new PolicyOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private AuditSource source = new AuditSource();
  @Mixin private AuditScope scope = new AuditScope();
  @Mixin private AuditOutput output = new AuditOutput();

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
    try (Session session = source.session(new Session(options, environment));
        PolicyInForce inForce = policy.open(session)) {
      AuditSource.Opened opened = source.open(session, inForce);
      Audit audit = audit(opened, before);
      print(audit, opened.ahead());
      output.save(audit);
      return code(audit);
    }
  }

  private Audit audit(AuditSource.Opened opened, Baseline before) {
    CoverageReport report = opened.coverage().report(opened.inventory(), opened.others());
    return new Audit(
        scope.of(report, opened.inventory(), opened.others()),
        line -> fails(line, opened.ahead()),
        before,
        opened.sources(),
        List.of());
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

  private boolean fails(CoverageReport.Line line, boolean ahead) {
    if (!failOn.isEmpty()) {
      return failOn.contains(line.verdict());
    }
    return ahead ? AHEAD.contains(line.verdict()) : !line.settled();
  }

  private void print(Audit audit, boolean ahead) {
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
      out.println(summary(report, ahead, shown.report().volumes().size()));
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
  private static String summary(CoverageReport report, boolean ahead, int shown) {
    int all = report.volumes().size();
    return report.counts().entrySet().stream()
            .map(count -> count.getValue() + " " + count.getKey())
            .collect(Collectors.joining(", "))
        + (report.storeRead() || ahead ? "" : " (no store was read)")
        + (shown == all ? "" : " (%d of %d shown)".formatted(shown, all));
  }
}
