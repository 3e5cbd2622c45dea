package dev.muster.cli;

import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.evidence.OtherTools;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.cluster.Cluster;
import dev.muster.policies.PolicyInForce;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Json;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
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
            + " one; 1 if somebody needs to act.",
    mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {

  /// Of what has not been deployed more cannot be asked than that somebody will protect it.
  private static final Set<String> AHEAD = Set.of("Unknown", "Unprotected");

  private final Map<String, String> environment;
  private final InstantSource clock = InstantSource.system();
  @Mixin private GlobalOptions options = new GlobalOptions();
  @Mixin private OutputOption output = new OutputOption();
  @Mixin private PolicyOption policy = new PolicyOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "PATH",
      arity = "0..1",
      description =
          "A file or folder of manifests, or - for what is piped in. Without: the cluster.")
  private @Nullable String path;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Only this namespace; with PATH that of manifests that name none.")
  private @Nullable String namespace;

  @Option(names = "--no-store", description = "Do not look at recovery points.")
  private boolean noStore;

  @Option(
      names = "--fail-on",
      paramLabel = "VERDICT",
      split = ",",
      converter = VerdictOption.class,
      description =
          "End with 1 where a volume has one of these verdicts. Default: all that somebody needs to"
              + " act on; with PATH Unknown and Unprotected.")
  private Set<String> failOn = Set.of();

  AuditCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (Session session = new Session(options, environment)) {
      if (path != null) {
        session.offline();
      }
      try (PolicyInForce inForce = policy.open(session)) {
        CoverageReport report =
            path == null ? live(session, inForce) : ahead(session, inForce, path);
        print(report);
        return report.volumes().stream().anyMatch(this::fails) ? Exit.FAILED : Exit.OK;
      }
    }
  }

  private boolean fails(CoverageReport.Line line) {
    if (!failOn.isEmpty()) {
      return failOn.contains(line.verdict());
    }
    return path == null ? !line.settled() : AHEAD.contains(line.verdict());
  }

  private CoverageReport ahead(Session session, PolicyInForce inForce, String path) {
    Inventory inventory = AuditedManifests.of(path, namespace == null ? "default" : namespace);
    return Coverage.ahead(session.configuration(), session.profiles(), inForce, clock)
        .report(inventory, Findings.none());
  }

  private CoverageReport live(Session session, PolicyInForce inForce) {
    Cluster cluster = session.cluster();
    String only =
        namespace == null ? null : NamespaceName.in(cluster, namespace).getMetadata().getName();
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
    return coverage.report(inventory, new OtherTools(cluster, clock).of(inventory));
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
    if (output.json()) {
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
                Collectors.joining(
                    ", ", "", report.storeRead() || path != null ? "" : " (no store was read)")));
    out.flush();
  }
}
