package dev.muster.cli;

import dev.muster.auditor.controls.ControlAudit;
import dev.muster.auditor.controls.ControlReport;
import dev.muster.auditor.controls.ControlReport.Control;
import dev.muster.policies.PolicyInForce;
import dev.muster.repository.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Holds every volume to the controls, by what cluster and store say now.
@Command(
    name = "controls",
    description =
        "What an auditor asks of every volume, of a cluster or of manifests before they reach one."
            + " Ends with 0, with 1 if a control fails or one that --control names could not be told, with 2 if it could not be asked.",
    exitCodeOnExecutionException = Exit.BAD_INPUT,
    mixinStandardHelpOptions = true)
final class ControlsCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  @Mixin private GlobalOptions options = new GlobalOptions();
  @Mixin private OutputOption output = new OutputOption();
  @Mixin private PolicyOption policy = new PolicyOption();
  @Mixin private AuditSource source = new AuditSource();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--control",
      paramLabel = "ID",
      split = ",",
      description = "Only these controls, and only they end with 1.")
  private Set<String> wanted = Set.of();

  @Option(
      names = "--details",
      description = "Under the table each volume that fails, and what evidence is missing.")
  private boolean details;

  ControlsCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (Session session = source.session(new Session(options, environment));
        PolicyInForce inForce = policy.open(session)) {
      AuditSource.Opened opened = source.open(session, inForce);
      ControlReport report =
          wanted(
              new ControlAudit(inForce, session.configuration())
                  .report(opened.coverage(), opened.inventory(), opened.others()));
      print(report, opened.ahead());
      return code(report, opened.ahead());
    }
  }

  /// What was asked for by name and could not be told is no success.
  private int code(ControlReport report, boolean ahead) {
    if (!report.storeRead() && !ahead && !source.withoutStore()) {
      spec.commandLine()
          .getErr()
          .println(
              "muster: no store was read, so most controls say nothing: --no-store if so meant");
      return Exit.BAD_INPUT;
    }
    boolean untold =
        !ahead
            && !wanted.isEmpty()
            && report.controls().stream().anyMatch(each -> each.notEvaluated() > 0);
    return report.fails() || untold ? Exit.FAILED : Exit.OK;
  }

  private ControlReport wanted(ControlReport report) {
    if (wanted.isEmpty()) {
      return report;
    }
    Set<String> known = report.controls().stream().map(Control::id).collect(Collectors.toSet());
    for (String each : wanted) {
      if (!known.contains(each)) {
        // A word mistyped must not look like a control that passes.
        throw new BadInput(
            "--control: no control is named %s: say one of %s"
                .formatted(each, known.stream().sorted().collect(Collectors.joining(", "))));
      }
    }
    return report.of(
        report.controls().stream().filter(each -> wanted.contains(each.id())).toList());
  }

  private void print(ControlReport report, boolean ahead) {
    PrintWriter out = spec.commandLine().getOut();
    report
        .gaps()
        .forEach(gap -> spec.commandLine().getErr().println("muster: " + Terminal.line(gap)));
    if (output.json()) {
      Printed.json(out, Json.tree(report));
      return;
    }
    Table table = new Table("CONTROL", "PASS", "FAIL", "WAIVED", "NOT EVALUATED", "N/A");
    report.controls().forEach(each -> table.row(counts(each)));
    table.print(out);
    if (!report.storeRead() && !ahead) {
      out.println("(no store was read)");
    }
    if (details) {
      failing(report.controls(), out);
      missing(report.controls(), out);
    }
    out.flush();
  }

  private static String[] counts(Control control) {
    return new String[] {
      control.id(),
      String.valueOf(control.pass()),
      String.valueOf(control.fail()),
      String.valueOf(control.waived()),
      String.valueOf(control.notEvaluated()),
      String.valueOf(control.notApplicable())
    };
  }

  private static void failing(List<Control> controls, PrintWriter out) {
    Table table = new Table("FAILS", "NAMESPACE", "VOLUME", "WORKLOAD", "WHY");
    for (Control control : controls) {
      for (ControlReport.Failing each : control.failing()) {
        table.row(
            control.id(),
            each.namespace(),
            each.name(),
            each.workload(),
            each.reason() + ": " + each.nextStep());
      }
    }
    under(table, controls.stream().anyMatch(each -> each.fail() > 0), out);
  }

  private static void missing(List<Control> controls, PrintWriter out) {
    Table table = new Table("NOT EVALUATED", "VOLUMES", "WHY");
    for (Control control : controls) {
      for (ControlReport.Missing each : control.missing()) {
        table.row(
            control.id(), String.valueOf(each.volumes()), each.reason() + ": " + each.nextStep());
      }
    }
    under(table, controls.stream().anyMatch(each -> each.notEvaluated() > 0), out);
  }

  private static void under(Table table, boolean any, PrintWriter out) {
    if (any) {
      out.println();
      table.print(out);
    }
  }
}
