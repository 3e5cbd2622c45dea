package dev.muster.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.repository.probe.Finding;
import dev.muster.repository.probe.Finding.Result;
import dev.muster.repository.probe.ProbeReport;
import dev.muster.repository.probe.ProbeReport.Verdict;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Says whether a store is fit to hold backups.
@Command(
    name = "probe",
    description = {
      "Ask a store whether it is what Muster needs: writes small objects below probe/.",
      "Ends with 0 if it is fit, 1 if it is degraded or refused, 2 if it could not be asked."
    },
    exitCodeOnExecutionException = Exit.BAD_INPUT,
    mixinStandardHelpOptions = true)
final class StoreProbeCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  @Mixin private GlobalOptions options = new GlobalOptions();
  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "One of stores in muster.yaml; default: the first.")
  private @Nullable String name;

  @Option(
      names = "--store",
      paramLabel = "PLACE",
      description = {
        "A directory, or s3://BUCKET with the variables of AWS's tools (AWS_ENDPOINT_URL,",
        "AWS_CA_BUNDLE, ...). No cluster is asked then."
      })
  private @Nullable String place;

  StoreProbeCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (Session session = new Session(options, environment);
        ProbedStore store = opened(session)) {
      ProbeReport report = store.probe();
      if (output.json()) {
        printJson(store.name(), report);
      } else {
        printTable(store.name(), report);
      }
      return report.verdict() instanceof Verdict.Fit ? Exit.OK : Exit.FAILED;
    }
  }

  private ProbedStore opened(Session session) {
    if (place == null) {
      StoreAccess access = new StoreAccess(session, options.musterNamespace, environment);
      return access.probed(Optional.ofNullable(name));
    }
    if (name != null) {
      throw new BadInput("%s and --store are two stores: name one".formatted(name));
    }
    return PlacedStore.probed(place, environment);
  }

  private void printTable(String store, ProbeReport report) {
    PrintWriter out = spec.commandLine().getOut();
    Table table = new Table("REQUIREMENT", "RESULT", "DETAIL");
    for (Finding finding : report.findings()) {
      table.row(finding.requirement().word(), word(finding.result()), finding.result().detail());
    }
    table.print(out);
    out.println();
    out.println(Terminal.line(store + ": " + text(report.verdict())));
    if (!report.left().equals(Optional.of(0))) {
      out.println(
          "left below %s, undeletable now: %s objects"
              .formatted(report.folder(), report.left().map(String::valueOf).orElse("unknown")));
    }
    out.flush();
  }

  private void printJson(String store, ProbeReport report) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("store", store);
    document.put("verdict", word(report.verdict()));
    ArrayNode findings = document.putArray("findings");
    for (Finding finding : report.findings()) {
      findings
          .addObject()
          .put("requirement", finding.requirement().word())
          .put("meaning", finding.requirement().meaning())
          .put("need", Terminal.word(finding.requirement().need()))
          .put("result", word(finding.result()))
          .put("detail", finding.result().detail());
    }
    document.put("folder", report.folder());
    report.left().ifPresent(left -> document.put("left", left));
    report.clockOffset().ifPresent(by -> document.put("clockOffsetSeconds", by.toSeconds()));
    Printed.json(spec.commandLine().getOut(), document);
  }

  private static String text(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Fit fit -> word(fit);
      case Verdict.Degraded degraded -> word(degraded) + words(degraded.lacking());
      case Verdict.Refused refused -> word(refused) + words(refused.lacking());
    };
  }

  private static String words(List<Finding> lacking) {
    return ", for want of "
        + String.join(", ", lacking.stream().map(each -> each.requirement().word()).toList());
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Fit() -> "fit";
      case Verdict.Degraded(_) -> "degraded";
      case Verdict.Refused(_) -> "refused";
    };
  }

  private static String word(Result result) {
    return switch (result) {
      case Result.Met(_) -> "met";
      case Result.NotMet(_) -> "not-met";
      case Result.Unknown(_) -> "unknown";
    };
  }
}
