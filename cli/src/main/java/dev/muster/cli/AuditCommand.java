package dev.muster.cli;

import dev.muster.auditor.contract.Inventory;
import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.evidence.OtherTools;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.Query;
import dev.muster.policies.PolicyInForce;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Json;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    description = "Every volume with its verdict and the reason; 1 if somebody needs to act.",
    mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  private final InstantSource clock = InstantSource.system();
  @Mixin private GlobalOptions options = new GlobalOptions();
  @Mixin private PolicyOption policy = new PolicyOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Only this namespace.")
  private @Nullable String namespace;

  @Option(names = "--no-store", description = "Do not look at recovery points.")
  private boolean noStore;

  AuditCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (Session session = new Session(options, environment);
        PolicyInForce inForce = policy.open(session)) {
      Cluster cluster = session.cluster();
      Query query = query(cluster);
      Coverage coverage =
          Coverage.of(
              session.configuration(),
              session.profiles(),
              inForce,
              session.clusterUid(),
              store(session),
              session.pinned(),
              clock);
      Inventory inventory = Inventory.list(cluster, query);
      CoverageReport report =
          coverage.report(inventory, new OtherTools(cluster, clock).of(inventory));
      print(report);
      boolean settled = report.volumes().stream().allMatch(CoverageReport.Line::settled);
      return settled ? Exit.OK : Exit.FAILED;
    }
  }

  private Query query(Cluster cluster) {
    if (namespace == null) {
      return Query.all();
    }
    return Query.in(NamespaceName.in(cluster, namespace).getMetadata().getName());
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

  private static String why(CoverageReport.Line line) {
    String failed =
        Optional.ofNullable(line.lastFailure())
            .map(failure -> " (%s: %s)".formatted(failure.reason(), firstLine(failure.detail())))
            .orElse("");
    return line.settled() ? line.message() : line.message() + failed + ": " + line.nextStep();
  }

  /// What follows is for the record, such as a policy to apply.
  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  /// `2h`, or `2h Velero`.
  private static String newest(CoverageReport.Line line, CoverageReport report) {
    String age = Ages.text(line.newestPoint(), report.at());
    String of = Objects.requireNonNullElse(line.newestOf(), "Muster");
    return of.equals("Muster") ? age : age + " " + of.split(" ", 2)[0];
  }

  private void print(CoverageReport report) {
    PrintWriter out = spec.commandLine().getOut();
    report.gaps().forEach(gap -> spec.commandLine().getErr().println("muster: " + gap));
    if (options.json()) {
      Printed.json(out, Json.tree(report));
      return;
    }
    Table table =
        new Table(
            "NAMESPACE", "VOLUME", "WORKLOAD", "ENGINE", "VERDICT", "NEWEST", "PROVEN", "WHY");
    for (CoverageReport.Line line : report.volumes()) {
      table.row(
          line.namespace(),
          line.name(),
          line.workload(),
          line.engine(),
          line.verdict(),
          newest(line, report),
          Ages.text(line.lastProvenAt(), report.at()),
          why(line));
    }
    table.print(out);
    out.println(
        report.counts().entrySet().stream()
            .map(count -> count.getValue() + " " + count.getKey())
            .collect(
                Collectors.joining(", ", "", report.storeRead() ? "" : " (no store was read)")));
    out.flush();
  }
}
